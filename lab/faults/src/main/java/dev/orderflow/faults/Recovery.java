package dev.orderflow.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.orderflow.demo.Instance;
import dev.orderflow.demo.Stack;
import dev.orderflow.setup.Database;
import dev.orderflow.topology.Service;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How long a system needs after a fault. It has recovered when every process of a service
 * is ready, and what waited at the end of the fault is done: the orders that were open
 * then have a final status, the outbox rows are published, and each consumer group has
 * committed the offsets at which its topics ended. New orders keep coming meanwhile.
 */
final class Recovery implements AutoCloseable {

	private static final Duration POLL = Duration.ofMillis(250);

	private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

	private static final String OPEN = "('PLACED', 'CONFIRMED', 'CANCELLING')";

	private final Stack stack;

	private final Admin admin;

	private List<String> missing = List.of();

	Recovery(Stack stack) {
		this.stack = stack;
		this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers(),
				AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis(),
				AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis()));
	}

	/**
	 * Waits for the recovery.
	 * @param max when to give up
	 * @return how long it took; empty if it did not come, and {@link #missing} says what
	 * was missing
	 */
	Optional<Duration> await(Duration max) throws InterruptedException {
		long start = System.nanoTime();
		this.missing = List.of();
		Optional<Waiting> waiting = Optional.empty();
		while (System.nanoTime() - start < max.toNanos()) {
			try {
				if (waiting.isEmpty()) {
					waiting = Optional.of(waiting());
				}
				if (missing(waiting.get()).isEmpty()) {
					return Optional.of(Duration.ofNanos(System.nanoTime() - start));
				}
			}
			catch (SQLException | ExecutionException | TimeoutException | KafkaException ex) {
				// Not even answering: it has not recovered yet.
			}
			Thread.sleep(POLL);
		}
		this.missing = waiting.map(this::whatIsMissing).orElse(List.of("databases and Kafka that answer"));
		return Optional.empty();
	}

	/** What the last wait that ended in vain lacked. */
	List<String> missing() {
		return this.missing;
	}

	private List<String> whatIsMissing(Waiting waiting) {
		try {
			return missing(waiting);
		}
		catch (SQLException | ExecutionException | TimeoutException | KafkaException ex) {
			return List.of(ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of("interrupted");
		}
	}

	private Waiting waiting() throws SQLException, ExecutionException, InterruptedException, TimeoutException {
		Map<String, Long> lastRows = new LinkedHashMap<>();
		for (Map.Entry<String, Database> database : this.stack.databases().entrySet()) {
			lastRows.put(database.getKey(),
					number(database.getValue(), "select coalesce(max(id), 0) from outbox_event"));
		}
		List<String> open = new ArrayList<>();
		try (Connection orders = database("order-service").connect();
				PreparedStatement query = orders
					.prepareStatement("select id::text from customer_order where status in " + OPEN);
				ResultSet row = query.executeQuery()) {
			while (row.next()) {
				open.add(row.getString(1));
			}
		}
		return new Waiting(open, lastRows, ends());
	}

	private List<String> missing(Waiting waiting)
			throws SQLException, ExecutionException, InterruptedException, TimeoutException {
		List<String> missing = new ArrayList<>();
		for (Instance instance : this.stack.running()) {
			if (!instance.isReady()) {
				missing.add(instance.name() + " ready");
			}
		}
		for (Service service : this.stack.topology().services()) {
			if (!this.stack.instance(service.name()).process().isAlive()) {
				missing.add("a process of " + service.name());
			}
			long rows = number(database(service.name()), "select count(*) from outbox_event where id <= "
					+ waiting.lastRows().getOrDefault(service.name(), 0L));
			if (rows > 0) {
				missing.add("%d outbox rows of %s".formatted(rows, service.name()));
			}
			long lag = lagOf(service, waiting.ends());
			if (lag > 0) {
				missing.add("%d records by %s".formatted(lag, service.name()));
			}
		}
		long open = stillOpen(waiting.openOrders());
		if (open > 0) {
			missing.add("%d orders".formatted(open));
		}
		return missing;
	}

	private long stillOpen(List<String> orders) throws SQLException {
		try (Connection connection = database("order-service").connect();
				PreparedStatement query = connection.prepareStatement(
						"select count(*) from customer_order where id = any(?::uuid[]) and status in " + OPEN)) {
			query.setArray(1, connection.createArrayOf("text", orders.toArray()));
			try (ResultSet row = query.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	/** Records that each consumer has not processed now, by the service's name. */
	Map<String, Long> lag() throws ExecutionException, InterruptedException, TimeoutException {
		Map<TopicPartition, Long> ends = ends();
		Map<String, Long> lag = new LinkedHashMap<>();
		for (Service service : this.stack.topology().services()) {
			lag.put(service.name(), lagOf(service, ends));
		}
		return lag;
	}

	/** Rows that wait in the outbox of order-service. */
	long outbox() throws SQLException {
		return number(database("order-service"), "select count(*) from outbox_event");
	}

	private long lagOf(Service service, Map<TopicPartition, Long> ends)
			throws ExecutionException, InterruptedException, TimeoutException {
		Map<TopicPartition, OffsetAndMetadata> committed = this.admin.listConsumerGroupOffsets(service.name())
			.partitionsToOffsetAndMetadata()
			.get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
		return ends.entrySet()
			.stream()
			.filter((end) -> service.reads().contains(end.getKey().topic()))
			.mapToLong((end) -> {
				OffsetAndMetadata offset = committed.get(end.getKey());
				return Math.max(0, end.getValue() - ((offset != null) ? offset.offset() : 0));
			})
			.sum();
	}

	private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException, TimeoutException {
		Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
		this.stack.topology().topics().forEach((topic) -> {
			for (int partition = 0; partition < topic.partitions(); partition++) {
				wanted.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
			}
		});
		Map<TopicPartition, Long> ends = new HashMap<>();
		for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : this.admin.listOffsets(wanted)
			.all()
			.get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
			.entrySet()) {
			ends.put(end.getKey(), end.getValue().offset());
		}
		return ends;
	}

	private Database database(String service) {
		Database database = this.stack.databases().get(service);
		if (database == null) {
			throw new IllegalArgumentException("No database of " + service);
		}
		return database;
	}

	private static long number(Database database, String sql) throws SQLException {
		try (Connection connection = database.connect();
				PreparedStatement query = connection.prepareStatement(sql);
				ResultSet row = query.executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

	@Override
	public void close() {
		this.admin.close(ANSWER_MAX);
	}

	/**
	 * What waits at the end of a fault.
	 *
	 * @param openOrders orders without a final status
	 * @param lastRows the highest id in the outbox of each service
	 * @param ends where each partition ends
	 */
	private record Waiting(List<String> openOrders, Map<String, Long> lastRows, Map<TopicPartition, Long> ends) {
	}

}
