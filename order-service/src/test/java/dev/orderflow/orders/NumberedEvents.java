package dev.orderflow.orders;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.orderflow.setup.Database;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appends events numbered by order, each in a transaction that locks the order's row
 * first, from several threads. Some transactions commit late, so that ids become visible
 * out of order.
 */
final class NumberedEvents {

	private static final String MARKER_KEY = "marker";

	private static final int COMMITS_LATE_ONE_IN = 10;

	private static final int LATE_MILLISECONDS = 50;

	private static final int PAUSE_MILLISECONDS = 5;

	private final Database database;

	private final String topic;

	private final List<UUID> orders;

	private final AtomicLong markers = new AtomicLong();

	private final Map<String, List<Long>> committed = new ConcurrentHashMap<>();

	NumberedEvents(Database database, String topic, int orders) {
		this.database = database;
		this.topic = topic;
		this.orders = IntStream.range(0, orders).mapToObj((number) -> UUID.randomUUID()).toList();
		JdbcClient jdbc = newClient();
		for (UUID order : this.orders) {
			jdbc.sql("""
					insert into customer_order (id, customer_id, status, total_cents, currency, ship_to_name,
					  ship_to_street, ship_to_city, ship_to_postal_code, ship_to_country, placed_at)
					values (:id, 'customer', 'PLACED', 1, 'EUR', 'n', 's', 'c', 'p', 'DE', now())""")
				.param("id", order)
				.update();
			this.committed.put(order.toString(), new CopyOnWriteArrayList<>());
		}
	}

	/** One writer, on a connection of its own. */
	Callable<Void> appendWhile(AtomicBoolean writing) {
		return () -> {
			var connection = new SingleConnectionDataSource(this.database.jdbcUrl(), this.database.user(),
					this.database.password(), true);
			try {
				JdbcClient jdbc = JdbcClient.create(connection);
				TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(connection));
				while (writing.get()) {
					UUID order = this.orders.get(ThreadLocalRandom.current().nextInt(this.orders.size()));
					transaction.executeWithoutResult((status) -> appendNext(jdbc, order));
					Thread.sleep(PAUSE_MILLISECONDS);
				}
				return null;
			}
			finally {
				connection.destroy();
			}
		};
	}

	/**
	 * The row's total is the number of its last event, so the lock orders the numbers.
	 */
	private void appendNext(JdbcClient jdbc, UUID order) {
		long number = jdbc.sql("""
				update customer_order
				set total_cents = total_cents + 1
				where id = :id
				returning total_cents""").param("id", order).query(Long.class).single();
		append(jdbc, order.toString(), Long.toString(number));
		this.committed.get(order.toString()).add(number);
		if (ThreadLocalRandom.current().nextInt(COMMITS_LATE_ONE_IN) == 0) {
			jdbc.sql("select pg_sleep(:seconds)").param("seconds", LATE_MILLISECONDS / 1000.0).query().singleRow();
		}
	}

	/** Appends an event that belongs to no order, and returns its number. */
	long appendMarker() {
		long marker = this.markers.incrementAndGet();
		append(newClient(), MARKER_KEY, Long.toString(marker));
		return marker;
	}

	private void append(JdbcClient jdbc, String key, String value) {
		jdbc.sql("""
				insert into outbox_event (topic, message_key, header_names, header_values, payload)
				values (:topic, :key, array[]::bytea[], array[]::bytea[], :value)""")
			.param("topic", this.topic)
			.param("key", key.getBytes())
			.param("value", value.getBytes())
			.update();
	}

	static boolean isMarker(ConsumerRecord<byte[], byte[]> record) {
		return MARKER_KEY.equals(new String(record.key()));
	}

	static boolean isMarker(ConsumerRecord<byte[], byte[]> record, long number) {
		return isMarker(record) && Long.toString(number).equals(new String(record.value()));
	}

	/** By order, the numbers of its events in the order of their commits. */
	Map<String, List<Long>> committed() {
		return new TreeMap<>(this.committed);
	}

	long pending() {
		return newClient().sql("select count(*) from outbox_event").query(Long.class).single();
	}

	/** Sessions that hold the relay's lock in this database. */
	long leaders() {
		return newClient().sql("""
				select count(*)
				from pg_locks
				where locktype = 'advisory'
				  and granted
				  and database = (select oid from pg_database where datname = current_database())""")
			.query(Long.class)
			.single();
	}

	private JdbcClient newClient() {
		return JdbcClient.create(
				new DriverManagerDataSource(this.database.jdbcUrl(), this.database.user(), this.database.password()));
	}

}
