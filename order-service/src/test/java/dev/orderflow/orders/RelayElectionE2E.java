package dev.orderflow.orders;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.ChildJvm;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: of several order-service processes one publishes; when it dies or freezes another
 * one takes over within 10 s, and events of one order stay in order throughout. Method:
 * writers append numbered events, each under its order's row lock, as use cases do; the
 * leading process is killed, another one frozen and woken; the topic is compared with
 * what the writers committed.
 */
class RelayElectionE2E {

	private static final String TOPIC = "relay-election";

	private static final Duration BOUND = Duration.ofSeconds(90);

	private static final Duration TAKEOVER_MAX = Duration.ofSeconds(10);

	private static final String LEADS = "outbox relay leads";

	private static final int ORDERS = 20;

	private static final int WRITERS = 4;

	@TempDir
	Path logs;

	private final List<ChildJvm> processes = new ArrayList<>();

	private Database database;

	private NumberedEvents events;

	@BeforeEach
	void prepare() {
		TestServers.createTopics(Topics.source(TOPIC));
		this.database = TestServers.database("orders_election");
	}

	@AfterEach
	void endProcesses() {
		this.processes.forEach(ChildJvm::close);
	}

	@Test
	void aStandbyTakesOverFromAKilledAndFromAFrozenLeader() throws Exception {
		ChildJvm first = startAndAwait("to lead", (process) -> leads(process));
		ChildJvm second = startAndAwait("to stand by", (process) -> process.output().contains("Started"));
		this.events = new NumberedEvents(this.database, TOPIC, ORDERS);
		AtomicBoolean writing = new AtomicBoolean(true);
		try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
			List<Future<?>> written = IntStream.range(0, WRITERS)
				.<Future<?>>mapToObj((writer) -> writers.submit(this.events.appendWhile(writing)))
				.toList();
			awaitPublished("by the first leader", BOUND);
			assertThat(leads(second)).as("a second leader").isFalse();
			assertThat(this.events.leaders()).isEqualTo(1);

			first.sigkill();
			awaitPublished("after the leader was killed", TAKEOVER_MAX);
			assertThat(leads(second)).as("the standby leads").isTrue();

			ChildJvm third = startAndAwait("to stand by", (process) -> process.output().contains("Started"));
			second.sigstop();
			awaitPublished("after the leader froze", TAKEOVER_MAX);
			assertThat(leads(third)).as("the third leads").isTrue();

			second.sigcont();
			awaitPublished("after the old leader woke", BOUND);
			assertThat(this.events.leaders()).isEqualTo(1);
			writing.set(false);
			for (Future<?> writer : written) {
				writer.get();
			}
		}
		await("an empty outbox").atMost(BOUND).until(() -> this.events.pending() == 0);

		assertThat(firstOccurrences()).isEqualTo(this.events.committed());
	}

	private ChildJvm startAndAwait(String expectation, Predicate<ChildJvm> condition) {
		ChildJvm process = OrderServiceProcess.start(this.logs, this.database, "--server.port=0");
		this.processes.add(process);
		process.await(expectation, BOUND, () -> condition.test(process));
		return process;
	}

	private static boolean leads(ChildJvm process) {
		return process.output().contains(LEADS);
	}

	/** Waits until an event appended after this call is on the topic. */
	private void awaitPublished(String when, Duration bound) {
		long marker = this.events.appendMarker();
		BooleanSupplier published = () -> TopicReader.read(TOPIC)
			.stream()
			.anyMatch((record) -> NumberedEvents.isMarker(record, marker));
		await("a new event on the topic " + when).atMost(bound).until(published::getAsBoolean);
	}

	/** By order, the numbers of its events as they first appear on the topic. */
	private static Map<String, List<Long>> firstOccurrences() {
		return TopicReader.read(TOPIC)
			.stream()
			.filter((record) -> !NumberedEvents.isMarker(record))
			.collect(Collectors.groupingBy((ConsumerRecord<byte[], byte[]> record) -> new String(record.key()),
					Collectors.mapping((record) -> Long.parseLong(new String(record.value())), Collectors
						.collectingAndThen(Collectors.toList(), (numbers) -> numbers.stream().distinct().toList()))));
	}

}
