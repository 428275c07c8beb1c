package dev.orderflow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.setup.Database;
import dev.orderflow.test.consumer.PlacedOrders;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures how replicas of inventory-service share one product: orders a second if each
 * order wants that product, and, in alternate rounds, if each partition's orders want a
 * product of their own, so that no replica waits for another one's rows. Samples how many
 * of the service's transactions run, and how many wait for a lock. Kafka and PostgreSQL
 * run on the same machine. Prints each round and the medians; needs the service's jar.
 * Argument: the project's directory.
 */
public final class HotProduct {

	private static final int ORDERS = 48_000;

	private static final int ROUNDS = 3;

	private static final List<Integer> REPLICAS = List.of(1, 4);

	private static final int PARTITIONS = 12;

	private static final String SERVICE = "inventory-service";

	private final Replicas replicas;

	private final Group group;

	private final KafkaServer kafka;

	private final Connection database;

	private HotProduct(Replicas replicas, Group group, KafkaServer kafka, Connection database) {
		this.replicas = replicas;
		this.group = group;
		this.kafka = kafka;
		this.database = database;
	}

	static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
		Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
		Path state = Files.createTempDirectory("hot-product");
		Topology topology = Topology.load();
		Service service = topology.service(SERVICE);
		try (PostgresServer postgres = PostgresServer.start(Ports.free(), state.resolve("postgres"),
				state.resolve("postgres.log"));
				KafkaServer kafka = KafkaServer.start(Ports.free(), state.resolve("kafka"), state.resolve("kafka.log"));
				Group group = new Group(kafka.bootstrapServers(), SERVICE)) {
			kafka.createTopics(topology.topics());
			Database database = postgres.createDatabase(service.database());
			try (Replicas replicas = new Replicas(root, state, kafka, service, database);
					Connection connection = database.connect()) {
				HotProduct benchmark = new HotProduct(replicas, group, kafka, connection);
				for (int count : REPLICAS) {
					benchmark.scaleTo(count);
					benchmark.measure(count);
				}
			}
		}
	}

	private void scaleTo(int count) throws InterruptedException, SQLException {
		this.replicas.start(count - (int) this.group.assignedMembers());
		this.replicas.await(() -> this.group.assignedMembers() == count);
		try (PreparedStatement stock = this.database.prepareStatement("""
				insert into stock (sku, stocked, on_hand)
				select 'SKU-OF-' || partition, 1000000, 1000000
				from generate_series(0, ?) as partition
				on conflict do nothing""")) {
			stock.setInt(1, PARTITIONS - 1);
			stock.executeUpdate();
		}
		// The processes that have just started are slow at first.
		drain(1);
		drain(PARTITIONS);
	}

	private void measure(int count) throws InterruptedException, SQLException {
		List<Round> hot = new ArrayList<>();
		List<Round> spread = new ArrayList<>();
		for (int number = 1; number <= ROUNDS; number++) {
			hot.add(drain(1));
			print(count, "one product, round " + number, hot.getLast());
			spread.add(drain(PARTITIONS));
			print(count, "one for each partition, round " + number, spread.getLast());
		}
		print(count, "one product, medians", median(hot));
		print(count, "one for each partition, medians", median(spread));
	}

	private static void print(int count, String name, Round round) {
		System.out.printf("%d replicas  %-36s %7.0f orders/s  %4.2f transactions, %4.2f wait for a lock%n", count, name,
				round.ordersPerSecond(), round.transactions(), round.waiting());
	}

	private Round drain(int products) throws InterruptedException, SQLException {
		List<ProducerRecord<byte[], byte[]>> orders = new ArrayList<>(ORDERS);
		for (int number = 0; number < ORDERS; number++) {
			int partition = number % PARTITIONS;
			OrderPlaced order = PlacedOrders.anOrderOf("SKU-OF-" + partition % products, 1);
			ProducerRecord<byte[], byte[]> event = PlacedOrders.record(Topics.ORDERS, order);
			orders.add(new ProducerRecord<>(event.topic(), partition, event.key(), event.value(), event.headers()));
		}
		long goal = this.group.end(Topics.ORDERS) + ORDERS;
		List<Sample> samples = new ArrayList<>();
		long start = System.nanoTime();
		publish(orders);
		this.replicas.await(() -> {
			samples.add(sample());
			return this.group.committed(Topics.ORDERS) >= goal;
		});
		return new Round(ORDERS / ((System.nanoTime() - start) / 1e9),
				samples.stream().mapToLong(Sample::transactions).average().orElseThrow(),
				samples.stream().mapToLong(Sample::waiting).average().orElseThrow());
	}

	private void publish(List<ProducerRecord<byte[], byte[]>> orders) {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.kafka.bootstrapServers(),
						ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024, ProducerConfig.LINGER_MS_CONFIG, 5),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			orders.forEach(producer::send);
		}
	}

	private Sample sample() throws SQLException {
		try (PreparedStatement sessions = this.database.prepareStatement("""
				select count(*), count(*) filter (where wait_event_type = 'Lock')
				from pg_stat_activity
				where usename = current_user
				and pid <> pg_backend_pid()
				and xact_start is not null"""); ResultSet row = sessions.executeQuery()) {
			row.next();
			return new Sample(row.getLong(1), row.getLong(2));
		}
	}

	private static Round median(List<Round> rounds) {
		return new Round(median(rounds, Round::ordersPerSecond), median(rounds, Round::transactions),
				median(rounds, Round::waiting));
	}

	private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
		return rounds.stream().mapToDouble(value).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
	}

	/** Transactions of the service at one moment, and how many of them wait. */
	private record Sample(long transactions, long waiting) {
	}

	/**
	 * One backlog.
	 *
	 * @param transactions on average over the samples; so is {@code waiting}
	 */
	private record Round(double ordersPerSecond, double transactions, double waiting) {
	}

}
