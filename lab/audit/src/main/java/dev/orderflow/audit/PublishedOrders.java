package dev.orderflow.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.orderflow.events.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The {@code order.placed} events on their topic.
 *
 * @param orders the order ids, from the records' keys
 * @param events the events, by CloudEvents source and id
 * @param records number of records, duplicates included
 * @param strangers records whose key is not an order id, by partition and offset
 */
record PublishedOrders(Set<UUID> orders, Set<String> events, long records, List<String> strangers) {

	static PublishedOrders read(String bootstrapServers) {
		EventType type = EventType.ORDER_PLACED;
		Set<UUID> orders = new HashSet<>();
		Set<String> events = new HashSet<>();
		List<String> strangers = new ArrayList<>();
		long[] records = new long[1];
		TopicRecords.forEach(bootstrapServers, type.topic(), (record) -> {
			if (type.type().equals(header(record, "ce_type"))) {
				Optional<UUID> order = orderId(record.key());
				if (order.isEmpty()) {
					strangers.add("partition %d, offset %d".formatted(record.partition(), record.offset()));
					return;
				}
				records[0]++;
				orders.add(order.get());
				events.add(header(record, "ce_source") + " " + header(record, "ce_id"));
			}
		});
		return new PublishedOrders(orders, events, records[0], strangers);
	}

	List<Check> check(StoredOrders stored) {
		return List.of(Check.sameMembers("orders on the topic", stored.ids(), this.orders),
				Check.equal("distinct events on the topic", stored.ids().size(), this.events.size()),
				new Check("records on the topic whose key is no order id", "0", Integer.toString(this.strangers.size()),
						this.strangers.isEmpty(), this.strangers),
				Check.information("duplicates on the topic, which are allowed", this.records - this.events.size()));
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
