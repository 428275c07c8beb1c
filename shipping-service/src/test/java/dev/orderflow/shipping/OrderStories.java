package dev.orderflow.shipping;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderCancellationRequested;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.inbox.ReceivedEvent;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.PlacedOrders;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/** The events of orders as order-service publishes them, and shipping's answers. */
final class OrderStories {

	static final Duration BOUND = Duration.ofSeconds(60);

	static final String REPLAY = Topics.replay(Topics.ORDERS, "shipping-service").name();

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private OrderStories() {
	}

	static ProducerRecord<byte[], byte[]> placed(OrderPlaced order) {
		return PlacedOrders.record(Topics.ORDERS, order);
	}

	static ProducerRecord<byte[], byte[]> confirmed(OrderPlaced order) {
		return event(EventType.ORDER_CONFIRMED, order, PlacedOrders.confirmed(order));
	}

	static ProducerRecord<byte[], byte[]> rejected(OrderPlaced order) {
		return event(EventType.ORDER_REJECTED, order, PlacedOrders.rejected(order));
	}

	static ProducerRecord<byte[], byte[]> cancellationRequested(OrderPlaced order) {
		return event(EventType.ORDER_CANCELLATION_REQUESTED, order,
				new OrderCancellationRequested(order.orderId(), Clock.systemUTC().instant()));
	}

	static ProducerRecord<byte[], byte[]> cancelled(OrderPlaced order) {
		return event(EventType.ORDER_CANCELLED, order, new OrderCancelled(order.orderId(), order.lines(),
				order.currency(), order.placedAt(), Clock.systemUTC().instant()));
	}

	static ProducerRecord<byte[], byte[]> shipped(OrderPlaced order) {
		return event(EventType.ORDER_SHIPPED, order, PlacedOrders.shipped(order));
	}

	private static ProducerRecord<byte[], byte[]> event(EventType type, OrderPlaced order, OrderEvent data) {
		return PlacedOrders.record(Topics.ORDERS, type, order.orderId(), data);
	}

	static ProducerRecord<byte[], byte[]> onReplayTopic(ProducerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(REPLAY, null, record.key(), record.value(), record.headers());
	}

	/** As the inbox hands it to the handler. */
	static ReceivedEvent<OrderEvent> received(ProducerRecord<byte[], byte[]> record) {
		CloudEvent event = eventOf(record);
		Class<? extends OrderEvent> data = EventType.typesOf(OrderEvent.class).get(event.getType());
		return new ReceivedEvent<>(event.getId(), event.getSource(), event.getType(), event.getTime().toInstant(), null,
				0, JSON.readValue(event.getData().toBytes(), data), event);
	}

	static String idOf(ProducerRecord<byte[], byte[]> record) {
		return eventOf(record).getId();
	}

	private static CloudEvent eventOf(ProducerRecord<byte[], byte[]> record) {
		return KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
	}

	static void write(List<ProducerRecord<byte[], byte[]>> records) {
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(records);
		}
	}

	static void awaitAllRead() {
		ConsumerGroups.awaitNoLag("shipping-service", Topics.ORDERS, BOUND);
		ConsumerGroups.awaitNoLag("shipping-service", REPLAY, BOUND);
	}

	/** What shipping has published, by order, in order. */
	static Map<String, List<CloudEvent>> answers() {
		return TopicReader.read(Topics.SHIPMENTS)
			.stream()
			.map((record) -> KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent())
			.collect(Collectors.groupingBy(CloudEvent::getSubject));
	}

}
