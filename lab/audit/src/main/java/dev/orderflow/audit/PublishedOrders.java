package dev.orderflow.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import dev.orderflow.events.EventType;
import dev.orderflow.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import static dev.orderflow.events.EventType.ORDER_CANCELLATION_REQUESTED;
import static dev.orderflow.events.EventType.ORDER_CANCELLED;
import static dev.orderflow.events.EventType.ORDER_CONFIRMED;
import static dev.orderflow.events.EventType.ORDER_PLACED;
import static dev.orderflow.events.EventType.ORDER_REJECTED;
import static dev.orderflow.events.EventType.ORDER_SHIPPED;

/**
 * What is published about each order on the topic of orders.
 *
 * @param paths the types of each order's events, in the sequence of their first
 * occurrences
 * @param sequences the ids of each order's events, in the same sequence
 * @param duplicates records of an event that is on the topic already
 * @param strangers records whose key is not an order id, by partition and offset
 */
record PublishedOrders(Map<UUID, List<EventType>> paths, Map<UUID, List<String>> sequences, long duplicates,
		List<String> strangers) {

	/** What may be published about an order, by the status to which it leads. */
	private static final Map<String, Set<List<EventType>>> LEGAL = Map.of(StoredOrders.PLACED,
			Set.of(List.of(ORDER_PLACED)), StoredOrders.CONFIRMED, Set.of(List.of(ORDER_PLACED, ORDER_CONFIRMED)),
			StoredOrders.REJECTED, Set.of(List.of(ORDER_PLACED, ORDER_REJECTED)), StoredOrders.CANCELLING,
			Set.of(List.of(ORDER_PLACED, ORDER_CONFIRMED, ORDER_CANCELLATION_REQUESTED)), StoredOrders.CANCELLED,
			Set.of(List.of(ORDER_PLACED, ORDER_CANCELLED),
					List.of(ORDER_PLACED, ORDER_CONFIRMED, ORDER_CANCELLATION_REQUESTED, ORDER_CANCELLED)),
			StoredOrders.SHIPPED,
			Set.of(List.of(ORDER_PLACED, ORDER_SHIPPED), List.of(ORDER_PLACED, ORDER_CONFIRMED, ORDER_SHIPPED),
					List.of(ORDER_PLACED, ORDER_CONFIRMED, ORDER_CANCELLATION_REQUESTED, ORDER_SHIPPED)));

	/** Ids of the events of an order, as its transactions wrote them into the outbox. */
	private static final String WRITTEN = """
			select order_id, event_id::text
			from order_event
			where source = '/orderflow/order-service'
			order by order_id, position""";

	static PublishedOrders read(String bootstrapServers) {
		Map<String, EventType> types = Arrays.stream(EventType.values())
			.filter((type) -> type.topic().equals(Topics.ORDERS))
			.collect(Collectors.toMap(EventType::type, (type) -> type));
		Map<UUID, List<EventType>> paths = new HashMap<>();
		Map<UUID, List<String>> sequences = new HashMap<>();
		Set<String> ids = new HashSet<>();
		AtomicLong duplicates = new AtomicLong();
		List<String> strangers = new ArrayList<>();
		TopicRecords.forEach(bootstrapServers, Topics.ORDERS, (record) -> {
			EventType type = types.get(header(record, "ce_type"));
			if (type == null) {
				return;
			}
			Optional<UUID> order = orderId(record.key());
			if (order.isEmpty()) {
				strangers.add("partition %d, offset %d".formatted(record.partition(), record.offset()));
			}
			else if (ids.add(header(record, "ce_source") + " " + header(record, "ce_id"))) {
				paths.computeIfAbsent(order.get(), (id) -> new ArrayList<>()).add(type);
				sequences.computeIfAbsent(order.get(), (id) -> new ArrayList<>()).add(header(record, "ce_id"));
			}
			else {
				duplicates.incrementAndGet();
			}
		});
		return new PublishedOrders(paths, sequences, duplicates.get(), strangers);
	}

	List<Check> check(StoredOrders stored) {
		List<String> astray = stored.orders()
			.entrySet()
			.stream()
			.filter((order) -> !leadsTo(order.getValue().status(), pathOf(order.getKey())))
			.map((order) -> "%s: is %s, published %s".formatted(order.getKey(), order.getValue().status(),
					pathOf(order.getKey())))
			.sorted()
			.toList();
		return List.of(Check.sameMembers("orders on the topic", stored.ids(), this.paths.keySet()),
				Check.allFit("orders whose events on the topic lead to their status", stored.ids().size(), astray),
				new Check("records on the topic whose key is no order id", "0", Integer.toString(this.strangers.size()),
						this.strangers.isEmpty(), this.strangers),
				Check.information("duplicates on the topic, which are allowed", this.duplicates));
	}

	/**
	 * Whether the first occurrences of each order's events stand on the topic in the
	 * sequence in which they were written.
	 */
	Check checkSequence(Connection database) throws SQLException {
		Map<UUID, List<String>> written = new HashMap<>();
		Query.forEach(database, WRITTEN,
				(row) -> written.computeIfAbsent(Query.id(row, 1), (id) -> new ArrayList<>()).add(row.getString(2)));
		return Check.sameEntries("orders whose events keep the sequence of the outbox", written, this.sequences);
	}

	private List<EventType> pathOf(UUID order) {
		return this.paths.getOrDefault(order, List.of());
	}

	private static boolean leadsTo(String status, List<EventType> path) {
		return LEGAL.getOrDefault(status, Set.of()).contains(path);
	}

	private static Optional<UUID> orderId(byte @Nullable [] key) {
		try {
			return (key != null) ? Optional.of(UUID.fromString(new String(key, StandardCharsets.UTF_8)))
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		Header header = record.headers().lastHeader(name);
		return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : "";
	}

}
