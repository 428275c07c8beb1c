package dev.orderflow.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced.Line;
import dev.orderflow.events.Topics;
import dev.orderflow.servers.ChildProcess;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.setup.Database;
import dev.orderflow.test.consumer.PlacedOrders;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures one replica of each consumer: the time from process start to its first
 * assignment, and records a second while it drains a backlog, without and with a flood of
 * unreadable records. The schema exists before, as in the cluster. Kafka and PostgreSQL
 * run on the same machine. Prints each round and the medians; needs the services' jars.
 */
public final class ConsumerDrain {

	private static final int EVENTS = 60_000;

	/** Number of unreadable records in a flood, spread over the sound ones. */
	private static final int BROKEN = 5_000;

	private static final int ROUNDS = 3;

	private static final Duration ROUND_MAX = Duration.ofMinutes(10);

	private static final Duration STOP_MAX = Duration.ofSeconds(30);

	private static final byte[] NO_JSON = "no json".getBytes(StandardCharsets.UTF_8);

	private static final List<String> SKUS = List.of("SKU-BLANKET", "SKU-CANDLE", "SKU-CHAIR", "SKU-CLOCK",
			"SKU-KETTLE", "SKU-LAMP", "SKU-MUG", "SKU-PLANT");

	private final Path root;

	private final Path state;

	private final KafkaServer kafka;

	private long written;

	private ConsumerDrain(Path root, Path state, KafkaServer kafka) {
		this.root = root;
		this.state = state;
		this.kafka = kafka;
	}

	static void main(String[] arguments) throws IOException, InterruptedException {
		Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
		Path state = Files.createTempDirectory("consumer-drain");
		Topology topology = Topology.load();
		List<Service> consumers = topology.services()
			.stream()
			.filter((service) -> service.consumes().contains(Topics.ORDERS))
			.toList();
		try (PostgresServer postgres = PostgresServer.start(Ports.free(), state.resolve("postgres"),
				state.resolve("postgres.log"));
				KafkaServer kafka = KafkaServer.start(Ports.free(), state.resolve("kafka"),
						state.resolve("kafka.log"))) {
			kafka.createTopics(topology.topics());
			ConsumerDrain drain = new ConsumerDrain(root, state, kafka);
			for (Service consumer : consumers) {
				drain.measure(consumer, postgres.createDatabase(consumer.database()));
			}
		}
	}

	private void measure(Service service, Database database) throws InterruptedException {
		try (Group group = new Group(this.kafka.bootstrapServers(), service.name())) {
			// Migrates, and reads what the services before this one have left on the
			// topic.
			fill(1, 0);
			drain(service, database, group);
			List<Round> sound = new ArrayList<>();
			List<Round> flooded = new ArrayList<>();
			for (int number = 1; number <= ROUNDS; number++) {
				sound.add(round(service, database, group, "round " + number, 0));
				flooded.add(round(service, database, group, "round " + number + ", flood", BROKEN));
			}
			print(service, "medians", median(sound));
			print(service, "medians, flood", median(flooded));
		}
	}

	private Round round(Service service, Database database, Group group, String name, int broken)
			throws InterruptedException {
		fill(EVENTS, broken);
		Round round = drain(service, database, group);
		print(service, name, round);
		return round;
	}

	private static void print(Service service, String name, Round round) {
		System.out.printf("%-22s %-16s start %5.1f s  %8.0f records/s%n", service.name(), name, round.startSeconds(),
				round.recordsPerSecond());
	}

	private Round drain(Service service, Database database, Group group) throws InterruptedException {
		long goal = this.written;
		long before = group.committed(Topics.ORDERS);
		long start = System.nanoTime();
		ChildProcess process = launch(service, database);
		try {
			await(process, () -> group.isAssigned());
			double startSeconds = secondsSince(start);
			await(process, () -> group.committed(Topics.ORDERS) > before);
			long first = group.committed(Topics.ORDERS);
			long draining = System.nanoTime();
			await(process, () -> group.committed(Topics.ORDERS) >= goal);
			return new Round(startSeconds, (goal - first) / secondsSince(draining));
		}
		finally {
			process.stop(STOP_MAX);
		}
	}

	private ChildProcess launch(Service service, Database database) {
		Map<String, String> environment = new HashMap<>();
		database.springProperties()
			.forEach((name, value) -> environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
		environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", this.kafka.bootstrapServers());
		environment.put("SERVER_PORT", Integer.toString(Ports.free()));
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(Ports.free()));
		Path jar = this.root.resolve(service.name()).resolve("target").resolve(service.name() + "-exec.jar");
		return ChildProcess.start(service.name(),
				List.of(ChildProcess.javaExecutable(), "-XX:+UseSerialGC", "-Xmx256m", "-jar", jar.toString()),
				environment, this.state.resolve(service.name() + ".log"));
	}

	/**
	 * Orders of one to three products, and among them as many unreadable records, spread
	 * over all partitions.
	 */
	private void fill(int events, int broken) {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.kafka.bootstrapServers(),
						ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024, ProducerConfig.LINGER_MS_CONFIG, 5),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			for (int i = 0; i < events; i++) {
				producer.send(PlacedOrders.record(Topics.ORDERS, switch (i % 3) {
					case 0 -> PlacedOrders.anOrderOf(line(i));
					case 1 -> PlacedOrders.anOrderOf(line(i), line(i + 1));
					default -> PlacedOrders.anOrderOf(line(i), line(i + 1), line(i + 2));
				}));
				if (broken > 0 && i % (events / broken) == 0) {
					producer.send(PlacedOrders.record(Topics.ORDERS, EventType.ORDER_PLACED.type(), UUID.randomUUID(),
							NO_JSON));
				}
			}
		}
		this.written += events + broken;
	}

	private static Line line(int number) {
		return PlacedOrders.line(SKUS.get(number % SKUS.size()), 1);
	}

	private static void await(ChildProcess process, Condition condition) throws InterruptedException {
		long start = System.nanoTime();
		while (!condition.holds()) {
			if (!process.isAlive() || System.nanoTime() - start > ROUND_MAX.toNanos()) {
				throw new IllegalStateException(
						"%s makes no progress; its output is%n%s".formatted(process.name(), process.output()));
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	private static double secondsSince(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	private static Round median(List<Round> rounds) {
		return new Round(median(rounds.stream().mapToDouble(Round::startSeconds)),
				median(rounds.stream().mapToDouble(Round::recordsPerSecond)));
	}

	private static double median(DoubleStream values) {
		double[] sorted = values.sorted().toArray();
		return sorted[sorted.length / 2];
	}

	/** A condition to wait for. */
	private interface Condition {

		boolean holds() throws InterruptedException;

	}

	/**
	 * One start and drain.
	 *
	 * @param startSeconds from process start to the first assignment
	 * @param recordsPerSecond from the first commit to the last
	 */
	private record Round(double startSeconds, double recordsPerSecond) {

	}

}
