package dev.orderflow.orders;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.consumer.ConsumerTest;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.events.EventType.ORDER_CANCELLATION_REQUESTED;
import static dev.orderflow.events.EventType.ORDER_CANCELLED;
import static dev.orderflow.events.EventType.ORDER_CONFIRMED;
import static dev.orderflow.events.EventType.ORDER_PLACED;
import static dev.orderflow.events.EventType.ORDER_REJECTED;
import static dev.orderflow.events.EventType.ORDER_SHIPPED;
import static dev.orderflow.orders.FulfilmentEvents.deliver;
import static dev.orderflow.orders.FulfilmentEvents.typeOf;
import static dev.orderflow.test.consumer.ConsumerContract.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: whatever the sequence in which events of inventory and shipping arrive, and
 * however often, while customers cancel, an order ends in the status that its published
 * events lead to, each published once. Method: random events of many orders are written
 * to the real topics shuffled and repeated, and threads cancel over HTTP meanwhile; then
 * the open orders get an answer of shipping. A failure names the seed;
 * {@code -Dorderflow.test.seed} repeats what is written, not how threads run.
 */
@ConsumerTest
@Import(Api.class)
class OrderStoryIT {

	private static final int ORDERS = 120;

	private static final int DELIVERIES_MAX = 3;

	private static final int CANCELLING_THREADS = 4;

	/** What may be published about an order, by its last status. */
	private static final Map<String, Set<List<EventType>>> PATHS = Map.of("REJECTED",
			Set.of(List.of(ORDER_PLACED, ORDER_REJECTED)), "CANCELLED",
			Set.of(List.of(ORDER_PLACED, ORDER_CANCELLED),
					List.of(ORDER_PLACED, ORDER_CONFIRMED, ORDER_CANCELLATION_REQUESTED, ORDER_CANCELLED)),
			"SHIPPED",
			Set.of(List.of(ORDER_PLACED, ORDER_SHIPPED), List.of(ORDER_PLACED, ORDER_CONFIRMED, ORDER_SHIPPED),
					List.of(ORDER_PLACED, ORDER_CONFIRMED, ORDER_CANCELLATION_REQUESTED, ORDER_SHIPPED)));

	@Autowired
	Api api;

	@Autowired
	JdbcClient jdbc;

	@Test
	void anySequenceEndsInTheStatusThatThePublishedEventsLeadTo() throws Exception {
		long seed = Long.getLong("orderflow.test.seed", System.nanoTime());
		System.out.println("events shuffled with -Dorderflow.test.seed=" + seed);
		Random random = new Random(seed);
		Map<UUID, List<CloudEvent>> events = new LinkedHashMap<>();
		for (int number = 0; number < ORDERS; number++) {
			UUID order = this.api.place();
			events.put(order, eventsOf(order, random));
		}
		List<UUID> cancelled = events.keySet().stream().filter((order) -> random.nextInt(2) == 0).toList();

		try (ExecutorService customers = Executors.newFixedThreadPool(CANCELLING_THREADS)) {
			List<? extends Future<?>> requests = cancelled.stream()
				.map((order) -> customers.submit(() -> assertThat(this.api.cancel(order).status()).isIn(202, 409)))
				.toList();
			deliver(shuffled(events, random));
			for (Future<?> request : requests) {
				request.get(BOUND.toSeconds(), TimeUnit.SECONDS);
			}
		}
		deliver(answersTo(events, random));
		deliver(shuffled(events, random));

		Map<UUID, List<CloudEvent>> published = published(events.keySet());
		Map<UUID, String> statuses = statuses();
		events.forEach((order, received) -> {
			String about = "seed %d, order %s, %s".formatted(seed, order, types(received));
			List<CloudEvent> own = published.get(order);
			assertThat(PATHS.get(statuses.get(order))).as("%s: %s", about, statuses.get(order)).contains(types(own));
			assertThat(this.api.eventsOf(order)).as(about)
				.containsExactlyInAnyOrderElementsOf(names(Stream.concat(received.stream(), own.stream()).toList()))
				.containsSubsequence(names(own));
			own.stream()
				.filter((event) -> event.getExtension("causationid") != null)
				.forEach((event) -> assertThat(received).as(about)
					.extracting(CloudEvent::getId)
					.contains(event.getExtension("causationid").toString()));
		});
		assertThat(deadLettersOf(events.keySet())).as("dead letters of seed %d", seed).isZero();
	}

	/** A decision, and any of the events of shipping, whether or not they agree. */
	private static List<CloudEvent> eventsOf(UUID order, Random random) {
		List<CloudEvent> events = new ArrayList<>();
		events.add((random.nextInt(4) > 0) ? FulfilmentEvents.reserved(order) : FulfilmentEvents.rejected(order));
		if (random.nextBoolean()) {
			events.add(FulfilmentEvents.planned(order));
		}
		if (random.nextInt(3) == 0) {
			events.add(FulfilmentEvents.dispatched(order));
		}
		if (random.nextInt(4) == 0) {
			events.add(FulfilmentEvents.shipmentCancelled(order));
		}
		return events;
	}

	/** Each event once or more, on its topic or its replay topic, in any sequence. */
	private static List<ProducerRecord<byte[], byte[]>> shuffled(Map<UUID, List<CloudEvent>> events, Random random) {
		List<ProducerRecord<byte[], byte[]>> deliveries = new ArrayList<>();
		for (CloudEvent event : events.values().stream().flatMap(List::stream).toList()) {
			for (int times = 1 + random.nextInt(DELIVERIES_MAX); times > 0; times--) {
				deliveries.add((random.nextInt(4) == 0) ? FulfilmentEvents.onReplayTopic(event)
						: FulfilmentEvents.record(event));
			}
		}
		Collections.shuffle(deliveries, random);
		return deliveries;
	}

	/** What shipping says about orders that are not final yet, added to the events. */
	private List<ProducerRecord<byte[], byte[]>> answersTo(Map<UUID, List<CloudEvent>> events, Random random) {
		List<ProducerRecord<byte[], byte[]>> answers = new ArrayList<>();
		Map<UUID, String> statuses = statuses();
		events.forEach((order, received) -> {
			String status = statuses.get(order);
			if (!PATHS.containsKey(status)) {
				CloudEvent answer = (status.equals("CANCELLING") && random.nextBoolean())
						? FulfilmentEvents.shipmentCancelled(order) : FulfilmentEvents.dispatched(order);
				received.add(answer);
				answers.add(FulfilmentEvents.record(answer));
			}
		});
		return answers;
	}

	private Map<UUID, String> statuses() {
		return this.jdbc.sql("select id, status from customer_order")
			.query((row, number) -> Map.entry(row.getObject("id", UUID.class), row.getString("status")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** By order, the events on the topic, each where it is first. */
	private Map<UUID, List<CloudEvent>> published(Set<UUID> orders) {
		await().atMost(BOUND)
			.until(() -> this.jdbc.sql("select count(*) from outbox_event").query(Long.class).single() == 0);
		Set<String> ids = new HashSet<>();
		return TopicReader.read(Topics.ORDERS)
			.stream()
			.map((record) -> KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent())
			.filter((event) -> orders.contains(UUID.fromString(event.getSubject())) && ids.add(event.getId()))
			.collect(Collectors.groupingBy((event) -> UUID.fromString(event.getSubject())));
	}

	private long deadLettersOf(Set<UUID> orders) {
		return this.jdbc.sql("select count(*) from dead_letter where message_key = any (:orders)")
			.param("orders",
					orders.stream()
						.map((order) -> order.toString().getBytes(StandardCharsets.UTF_8))
						.toArray(byte[][]::new))
			.query(Long.class)
			.single();
	}

	private static List<EventType> types(List<CloudEvent> events) {
		return events.stream().map(FulfilmentEvents::typeOf).toList();
	}

	private static List<String> names(List<CloudEvent> events) {
		return events.stream()
			.map((event) -> typeOf(event).type().replaceFirst("dev\\.orderflow\\.(.+)\\.v1", "$1"))
			.toList();
	}

}
