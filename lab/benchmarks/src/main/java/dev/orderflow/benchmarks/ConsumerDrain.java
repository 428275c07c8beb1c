package dev.orderflow.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderPlaced.Line;
import dev.orderflow.events.StockReserved;
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
 * Measures one replica of each consumer: the time from process start to its first
 * assignment, and records a second while it drains a backlog, without and with a flood of
 * unreadable records. Half of the records on the topic of orders are placements, half
 * confirmations, so that each consumer skips what it skips in production. Those on the
 * topic of stock are decisions about orders that are stored before. The schema exists
 * before, as in the cluster. Kafka and PostgreSQL run on the same machine. Prints each
 * round and the medians; needs the services' jars. Arguments: the project's directory,
 * and the services to measure, separated by commas, all by default.
 */
public final class ConsumerDrain {

	private static final int EVENTS = 60_000;

	/** Number of unreadable records in a flood, spread over the sound ones. */
	private static final int BROKEN = 5_000;

	private static final int ROUNDS = 3;

	private static final byte[] NO_EVENT = "no event".getBytes(StandardCharsets.UTF_8);

	private static final List<String> SKUS = List.of("SKU-BLANKET", "SKU-CANDLE", "SKU-CHAIR", "SKU-CLOCK",
			"SKU-KETTLE", "SKU-LAMP", "SKU-MUG", "SKU-PLANT");

	private final Path root;

	private final Path state;

	private final KafkaServer kafka;

	private final Service service;

	private final Database database;

	private final String topic;

	private ConsumerDrain(Path root, Path state, KafkaServer kafka, Service service, Database database) {
		this.root = root;
		this.state = state;
		this.kafka = kafka;
		this.service = service;
		this.database = database;
		this.topic = service.consumes().getFirst();
	}

	static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
		Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
		Path state = Files.createTempDirectory("consumer-drain");
		Topology topology = Topology.load();
		List<String> chosen = (arguments.length > 1 && !arguments[1].isEmpty()) ? List.of(arguments[1].split(","))
				: List.of();
		List<Service> consumers = topology.services()
			.stream()
			.filter((service) -> !service.consumes().isEmpty())
			.filter((service) -> chosen.isEmpty() || chosen.contains(service.name()))
			.toList();
		try (PostgresServer postgres = PostgresServer.start(Ports.free(), state.resolve("postgres"),
				state.resolve("postgres.log"));
				KafkaServer kafka = KafkaServer.start(Ports.free(), state.resolve("kafka"),
						state.resolve("kafka.log"))) {
			kafka.createTopics(topology.topics());
			for (Service consumer : consumers) {
				Database database = postgres.createDatabase(consumer.database());
				new ConsumerDrain(root, state, kafka, consumer, database).measure();
			}
		}
	}

	private void measure() throws InterruptedException, SQLException {
		try (Group group = new Group(this.kafka.bootstrapServers(), this.service.name())) {
			// Migrates, and reads what the services before this one have left on the
			// topic. No such order is stored yet.
			fill(List.of(PlacedOrders.anOrderOf(line(0))), 0);
			drain(group);
			List<Round> sound = new ArrayList<>();
			List<Round> flooded = new ArrayList<>();
			for (int number = 1; number <= ROUNDS; number++) {
				sound.add(round(group, "round " + number, 0));
				flooded.add(round(group, "round " + number + ", flood", BROKEN));
			}
			print(this.service, "medians", median(sound));
			print(this.service, "medians, flood", median(flooded));
		}
	}

	private Round round(Group group, String name, int broken) throws InterruptedException, SQLException {
		boolean stock = this.topic.equals(Topics.STOCK);
		List<OrderPlaced> orders = IntStream.range(0, stock ? EVENTS : EVENTS / 2).mapToObj((i) -> switch (i % 3) {
			case 0 -> PlacedOrders.anOrderOf(line(i));
			case 1 -> PlacedOrders.anOrderOf(line(i), line(i + 1));
			default -> PlacedOrders.anOrderOf(line(i), line(i + 1), line(i + 2));
		}).toList();
		if (stock) {
			store(orders);
		}
		fill(orders, broken);
		Round round = drain(group);
		print(this.service, name, round);
		return round;
	}

	private static void print(Service service, String name, Round round) {
		System.out.printf("%-22s %-16s start %5.1f s  %8.0f records/s%n", service.name(), name, round.startSeconds(),
				round.recordsPerSecond());
	}

	private Round drain(Group group) throws InterruptedException, SQLException {
		long goal = group.end(this.topic);
		long before = group.committed(this.topic);
		long start = System.nanoTime();
		try (Replicas replica = new Replicas(this.root, this.state, this.kafka, this.service, this.database)) {
			replica.start(1);
			replica.await(group::isAssigned);
			double startSeconds = secondsSince(start);
			replica.await(() -> group.committed(this.topic) > before);
			long first = group.committed(this.topic);
			long draining = System.nanoTime();
			replica.await(() -> group.committed(this.topic) >= goal);
			return new Round(startSeconds, (goal - first) / secondsSince(draining));
		}
	}

	/** Stores orders as order-service does, without their events. */
	private void store(List<OrderPlaced> orders) throws SQLException {
		try (Connection connection = this.database.connect();
				PreparedStatement order = connection.prepareStatement("""
						insert into customer_order (id, customer_id, status, total_cents, currency, ship_to_name,
						  ship_to_street, ship_to_city, ship_to_postal_code, ship_to_country, placed_at)
						values (?, 'customer-1', 'PLACED', ?, 'EUR', 'a', 'b', 'c', 'd', 'GB', now())""");
				PreparedStatement line = connection.prepareStatement("""
						insert into order_line (order_id, line_number, sku, quantity, unit_price_cents)
						values (?, ?, ?, ?, ?)""")) {
			connection.setAutoCommit(false);
			for (OrderPlaced each : orders) {
				order.setObject(1, each.orderId());
				order.setLong(2, each.totalCents());
				order.addBatch();
				for (int number = 1; number <= each.lines().size(); number++) {
					Line stored = each.lines().get(number - 1);
					line.setObject(1, each.orderId());
					line.setInt(2, number);
					line.setString(3, stored.sku());
					line.setInt(4, stored.quantity());
					line.setLong(5, stored.unitPriceCents());
					line.addBatch();
				}
			}
			order.executeBatch();
			line.executeBatch();
			connection.commit();
		}
	}

	/**
	 * The events of the orders, and among them as many unreadable records, spread over
	 * all partitions.
	 */
	private void fill(List<OrderPlaced> orders, int broken) {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.kafka.bootstrapServers(),
						ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024, ProducerConfig.LINGER_MS_CONFIG, 5),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			for (int i = 0; i < orders.size(); i++) {
				events(orders.get(i)).forEach(producer::send);
				if (broken > 0 && i % Math.max(1, orders.size() / broken) == 0) {
					producer.send(new ProducerRecord<>(this.topic,
							UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8), NO_EVENT));
				}
			}
		}
	}

	private List<ProducerRecord<byte[], byte[]>> events(OrderPlaced order) {
		if (this.topic.equals(Topics.STOCK)) {
			return List.of(PlacedOrders.record(this.topic, EventType.STOCK_RESERVED, order.orderId(),
					new StockReserved(order.orderId(), order.placedAt())));
		}
		return List.of(PlacedOrders.record(this.topic, order), PlacedOrders.record(this.topic,
				EventType.ORDER_CONFIRMED, order.orderId(), PlacedOrders.confirmed(order)));
	}

	private static Line line(int number) {
		return PlacedOrders.line(SKUS.get(number % SKUS.size()), 1);
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

	/**
	 * One start and drain.
	 *
	 * @param startSeconds from process start to the first assignment
	 * @param recordsPerSecond from the first commit to the last
	 */
	private record Round(double startSeconds, double recordsPerSecond) {

	}

}
