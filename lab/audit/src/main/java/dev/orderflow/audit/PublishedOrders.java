package dev.orderflow.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.orderflow.events.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The placements and verdicts on the topic of orders.
 *
 * @param placed the placements
 * @param confirmed the verdicts that confirm
 * @param rejected the verdicts that reject
 * @param strangers records whose key is not an order id, by partition and offset
 */
record PublishedOrders(Events placed, Events confirmed, Events rejected, List<String> strangers) {

	static PublishedOrders read(String bootstrapServers) {
		Map<String, Events> byType = new HashMap<>();
		for (EventType type : List.of(EventType.ORDER_PLACED, EventType.ORDER_CONFIRMED, EventType.ORDER_REJECTED)) {
			byType.put(type.type(), new Events());
		}
		List<String> strangers = new ArrayList<>();
		TopicRecords.forEach(bootstrapServers, EventType.ORDER_PLACED.topic(), (record) -> {
			Events events = byType.get(header(record, "ce_type"));
			if (events == null) {
				return;
			}
			Optional<UUID> order = orderId(record.key());
			if (order.isEmpty()) {
				strangers.add("partition %d, offset %d".formatted(record.partition(), record.offset()));
				return;
			}
			events.add(order.get(), header(record, "ce_source") + " " + header(record, "ce_id"));
		});
		return new PublishedOrders(of(byType, EventType.ORDER_PLACED), of(byType, EventType.ORDER_CONFIRMED),
				of(byType, EventType.ORDER_REJECTED), strangers);
	}

	private static Events of(Map<String, Events> byType, EventType type) {
		return Objects.requireNonNull(byType.get(type.type()));
	}

	List<Check> check(StoredOrders stored) {
		StoredOrders confirmations = stored.of(StoredOrders.CONFIRMED);
		StoredOrders rejections = stored.of(StoredOrders.REJECTED);
		return List.of(Check.sameMembers("orders on the topic", stored.ids(), this.placed.orders),
				Check.equal("distinct events on the topic", stored.ids().size(), this.placed.ids.size()),
				Check.sameMembers("orders confirmed on the topic", confirmations.ids(), this.confirmed.orders),
				Check.sameMembers("orders rejected on the topic", rejections.ids(), this.rejected.orders),
				Check.equal("distinct verdicts on the topic", confirmations.ids().size() + rejections.ids().size(),
						this.confirmed.ids.size() + this.rejected.ids.size()),
				new Check("records on the topic whose key is no order id", "0", Integer.toString(this.strangers.size()),
						this.strangers.isEmpty(), this.strangers),
				Check.information("duplicates on the topic, which are allowed",
						this.placed.duplicates() + this.confirmed.duplicates() + this.rejected.duplicates()));
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

	/** Events of one type: their orders, and their ids with their source. */
	static final class Events {

		private final Set<UUID> orders = new HashSet<>();

		private final Set<String> ids = new HashSet<>();

		private long records;

		void add(UUID order, String id) {
			this.records++;
			this.orders.add(order);
			this.ids.add(id);
		}

		long duplicates() {
			return this.records - this.ids.size();
		}

	}

}
