package dev.orderflow.demo.summary;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;

import dev.orderflow.setup.Database;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;

/**
 * Queries all sources in parallel: databases for orders, outboxes and dead letters, Kafka
 * for the lag, services for processed events and their age. If a source does not answer
 * within two seconds, only its own figures are missing. Not thread-safe.
 */
public final class SummaryReader implements AutoCloseable {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpClient http = HttpClient.newBuilder()
		.connectTimeout(ANSWER_MAX)
		.version(HttpClient.Version.HTTP_1_1)
		.build();

	private final Clock clock;

	private final ConsumerLag lag;

	private final List<ServiceFigures> services;

	/**
	 * A reader of one environment.
	 * @param databases each service's database, by the service's name
	 * @param management where each service's management interface is, by its name
	 */
	public SummaryReader(Topology topology, Map<String, Database> databases, String bootstrapServers,
			Map<String, URI> management, Clock clock) {
		this.clock = clock;
		this.lag = new ConsumerLag(bootstrapServers, ANSWER_MAX);
		this.services = topology.services()
			.stream()
			.map((service) -> new ServiceFigures(service, of(databases, service), this.lag, this.http,
					of(management, service), ANSWER_MAX))
			.toList();
	}

	/** The current figures. */
	public Summary read() throws InterruptedException {
		LocalTime at = LocalTime.now(this.clock);
		long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
		this.services.forEach((service) -> service.ask(this.threads));
		List<ServiceFigures.Answers> answers = new ArrayList<>();
		Optional<Summary.Orders> orders = Optional.empty();
		for (ServiceFigures service : this.services) {
			ServiceFigures.Answers found = service.answers(deadline);
			answers.add(found);
			if (service.ownsOrders()) {
				orders = found.counts().map(DatabaseFigures.Counts::orders);
			}
		}
		return new Summary(at, orders, sum(answers, DatabaseFigures.Counts::pending),
				sum(answers, DatabaseFigures.Counts::parked),
				answers.stream().flatMap((service) -> service.consumer().stream()).toList());
	}

	/** Abandons the questions that still hang. */
	@Override
	public void close() {
		this.threads.shutdownNow();
		this.http.shutdownNow();
		this.lag.close();
		this.services.forEach(ServiceFigures::close);
	}

	private static <T> T of(Map<String, T> all, Service service) {
		T found = all.get(service.name());
		if (found == null) {
			throw new IllegalArgumentException("%s is missing: found %s".formatted(service.name(), all.keySet()));
		}
		return found;
	}

	/** A sum, or nothing if one of its parts is missing. */
	private static OptionalLong sum(List<ServiceFigures.Answers> answers,
			ToLongFunction<DatabaseFigures.Counts> figure) {
		if (answers.stream().anyMatch((service) -> service.counts().isEmpty())) {
			return OptionalLong.empty();
		}
		return OptionalLong
			.of(answers.stream().flatMap((service) -> service.counts().stream()).mapToLong(figure).sum());
	}

}
