package dev.orderflow.stack.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.orderflow.events.EventType;
import dev.orderflow.stack.server.TopicRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The {@code order.placed} events on their topic.
 *
 * @param orders the order ids, from the records' keys
 * @param events the events, by CloudEvents source and id
 * @param records how many records there are, duplicates included
 */
record PublishedOrders(Set<UUID> orders, Set<String> events, long records) {

	static PublishedOrders read(String bootstrapServers) {
		EventType type = EventType.ORDER_PLACED;
		Set<UUID> orders = new HashSet<>();
		Set<String> events = new HashSet<>();
		long[] records = new long[1];
		TopicRecords.forEach(bootstrapServers, type.topic(), (record) -> {
			if (type.type().equals(header(record, "ce_type"))) {
				records[0]++;
				orders.add(UUID.fromString(new String(record.key(), StandardCharsets.UTF_8)));
				events.add(header(record, "ce_source") + " " + header(record, "ce_id"));
			}
		});
		return new PublishedOrders(orders, events, records[0]);
	}

	List<Check> check(StoredOrders stored) {
		return List.of(Check.sameMembers("orders on the topic", stored.ids(), this.orders),
				Check.equal("distinct events on the topic", stored.ids().size(), this.events.size()),
				Check.information("duplicates on the topic, which are allowed", this.records - this.events.size()));
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		Header header = record.headers().lastHeader(name);
		return (header != null) ? new String(header.value(), StandardCharsets.UTF_8) : "";
	}

}
