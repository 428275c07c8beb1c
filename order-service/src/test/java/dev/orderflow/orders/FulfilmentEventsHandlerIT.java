package dev.orderflow.orders;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.consumer.ConsumerTest;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.orders.FulfilmentEvents.deliver;
import static dev.orderflow.orders.FulfilmentEvents.dispatched;
import static dev.orderflow.orders.FulfilmentEvents.planned;
import static dev.orderflow.orders.FulfilmentEvents.record;
import static dev.orderflow.orders.FulfilmentEvents.rejected;
import static dev.orderflow.orders.FulfilmentEvents.reserved;
import static dev.orderflow.orders.FulfilmentEvents.shipmentCancelled;
import static dev.orderflow.test.consumer.ConsumerContract.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: the events of inventory and shipping lead an order through its statuses, each
 * change is published with its cause, and the timeline says why. Method: orders are
 * placed and cancelled over HTTP, events written to the real topics; then the API, the
 * topic and the database are read. {@link OrderStoryIT} shuffles the events.
 */
@ConsumerTest
@Import(Api.class)
class FulfilmentEventsHandlerIT {

	@Autowired
	Api api;

	@Autowired
	JdbcClient jdbc;

	@Test
	void aReservedOrderIsConfirmedAndShipped() {
		UUID order = this.api.place();
		CloudEvent decision = reserved(order);
		CloudEvent plan = planned(order);
		CloudEvent dispatch = dispatched(order);

		deliver(decision);
		deliver(plan);
		deliver(dispatch);

		assertThat(this.api.statusOf(order)).isEqualTo("SHIPPED");
		assertThat(timelineOf(order)).containsExactly("order.placed: 2 lines, 13540 cents EUR",
				"stock.reserved: all lines reserved", "order.confirmed: all lines reserved",
				"shipment.planned: 1 parcel, pickup planned for 2026-11-23T16:00:00Z",
				"shipment.dispatched: dispatched with Brisk Parcels, BP0000000001",
				"order.shipped: dispatched with Brisk Parcels, BP0000000001");
		List<CloudEvent> published = publishedAbout(order, 3);
		assertThat(published).extracting(CloudEvent::getType)
			.containsExactly(EventType.ORDER_PLACED.type(), EventType.ORDER_CONFIRMED.type(),
					EventType.ORDER_SHIPPED.type());
		assertThat(published).extracting((event) -> event.getExtension("causationid"))
			.containsExactly(null, decision.getId(), dispatch.getId());
		assertThat(published).extracting((event) -> event.getExtension("correlationid")).containsOnly(order.toString());
		assertThat(data(published.get(1), OrderConfirmed.class).lines()).extracting("sku")
			.containsExactly("SKU-KETTLE", "SKU-MUG");
	}

	@Test
	void anOrderWithoutStockIsRejected() {
		UUID order = this.api.place();
		CloudEvent decision = rejected(order);

		deliver(decision);
		deliver(shipmentCancelled(order));

		assertThat(this.api.statusOf(order)).isEqualTo("REJECTED");
		assertThat(timelineOf(order)).containsExactly("order.placed: 2 lines, 13540 cents EUR",
				"stock.rejected: out of stock: SKU-MUG", "order.rejected: out of stock: SKU-MUG",
				"shipment.cancelled: nothing will be shipped");
		CloudEvent verdict = publishedAbout(order, 2).getLast();
		assertThat(verdict.getExtension("causationid")).isEqualTo(decision.getId());
		OrderRejected rejected = data(verdict, OrderRejected.class);
		assertThat(rejected.reason()).isEqualTo(RejectionReason.OUT_OF_STOCK);
		assertThat(rejected.skus()).containsExactly("SKU-MUG");
		assertThat(rejected.lines()).hasSize(2);
	}

	@Test
	void aConfirmedOrderIsCancelledOnceShippingSaysSo() {
		UUID order = this.api.place();
		CloudEvent answer = shipmentCancelled(order);

		deliver(reserved(order));
		cancel(order);
		assertThat(this.api.statusOf(order)).isEqualTo("CANCELLING");
		deliver(answer);

		assertThat(this.api.statusOf(order)).isEqualTo("CANCELLED");
		assertThat(timelineOf(order)).endsWith(
				"order.cancellation-requested: the customer cancelled; shipping decides if it is in time",
				"shipment.cancelled: in time to cancel: nothing will be shipped",
				"order.cancelled: in time to cancel: nothing will be shipped");
		assertThat(publishedAbout(order, 4)).extracting((event) -> event.getExtension("causationid"))
			.endsWith(null, answer.getId());
	}

	@Test
	void anOrderThatIsDispatchedCannotBeCancelled() {
		UUID order = this.api.place();

		deliver(reserved(order));
		cancel(order);
		deliver(dispatched(order));

		assertThat(this.api.statusOf(order)).isEqualTo("SHIPPED");
		assertThat(timelineOf(order)).endsWith(
				"shipment.dispatched: too late to cancel: dispatched with Brisk Parcels, BP0000000001",
				"order.shipped: too late to cancel: dispatched with Brisk Parcels, BP0000000001");
	}

	@Test
	void theFirstDecisionIsFinalAndALaterOneIsOnlyListed() {
		UUID order = this.api.place();

		deliver(rejected(order), reserved(order));
		deliver(reserved(order));

		assertThat(this.api.statusOf(order)).isEqualTo("REJECTED");
		assertThat(timelineOf(order)).containsExactly("order.placed: 2 lines, 13540 cents EUR",
				"stock.rejected: out of stock: SKU-MUG", "order.rejected: out of stock: SKU-MUG",
				"stock.reserved: all lines reserved; ignored, because the order is REJECTED",
				"stock.reserved: all lines reserved; ignored, because the order is REJECTED");
	}

	@Test
	void servesTheDecisionAsItIsOnItsTopic() {
		UUID order = this.api.place();
		CloudEvent decision = rejected(order);

		deliver(decision);

		JsonNode entry = this.api.get("/orders/" + order + "/timeline").body().get(1);
		assertThat(entry.get("source").asString()).isEqualTo("/orderflow/inventory-service");
		assertThat(entry.get("eventId").asString()).isEqualTo(decision.getId());
		Api.Answer served = this.api.get("/orders/" + order + "/events/" + decision.getId());
		assertThat(served.status()).isEqualTo(200);
		assertThat(served.response().body())
			.isEqualTo(new String(decision.getData().toBytes(), StandardCharsets.UTF_8));
		assertThat(served.header("ce-type")).isEqualTo("dev.orderflow.stock.rejected.v1");
		assertThat(served.header("ce-causationid")).isEqualTo("the-placement");
	}

	@Test
	void setsADecisionAboutAnOrderThatDoesNotExistAsideAndAppliesTheOthers() {
		UUID unknown = UUID.randomUUID();
		List<UUID> orders = List.of(this.api.place(), this.api.place(), this.api.place());
		List<ProducerRecord<byte[], byte[]>> decisions = new ArrayList<>(
				orders.stream().map((order) -> record(reserved(order))).toList());
		decisions.add(1, record(reserved(unknown)));

		deliver(decisions);

		assertThat(orders).allSatisfy((order) -> assertThat(this.api.statusOf(order)).isEqualTo("CONFIRMED"));
		assertThat(this.jdbc.sql("select reason from dead_letter where message_key = :key")
			.param("key", unknown.toString().getBytes(StandardCharsets.UTF_8))
			.query(String.class)
			.single()).contains("Order " + unknown + " does not exist");
	}

	/** A release may add types; the one before it skips them. */
	@Test
	void skipsATypeOfShipmentEventThatItDoesNotKnow() {
		UUID order = this.api.place();
		CloudEvent later = CloudEventBuilder.from(planned(order))
			.withType("dev.orderflow.shipment.delivered.v1")
			.build();

		deliver(List.of(record(Topics.SHIPMENTS, later)));
		deliver(reserved(order));

		assertThat(timelineOf(order)).hasSize(3);
		assertThat(this.api.statusOf(order)).isEqualTo("CONFIRMED");
	}

	@Test
	void countsTheOrdersOfEachStatusThatNothingHappensToInTime() {
		UUID cancelled = this.api.place();
		cancel(cancelled);
		UUID placed = this.api.place();
		UUID confirmed = this.api.place();
		UUID cancelling = this.api.place();
		deliver(reserved(confirmed), reserved(cancelling));
		cancel(cancelling);
		List<UUID> all = List.of(cancelled, placed, confirmed, cancelling);

		age(all, "- interval '301 seconds'");

		await().atMost(BOUND)
			.untilAsserted(() -> assertThat(stuckOrders())
				.isEqualTo(Map.of("PLACED", "1.0", "CONFIRMED", "1.0", "CANCELLING", "1.0")));

		age(all, "+ interval '301 seconds'");
		await().atMost(BOUND).untilAsserted(() -> assertThat(stuckOrders().values()).containsOnly("0.0"));
	}

	private void age(List<UUID> orders, String by) {
		this.jdbc.sql("update customer_order set placed_at = placed_at %s where id in (:ids)".formatted(by))
			.param("ids", orders)
			.update();
	}

	private Map<String, String> stuckOrders() {
		return this.api.getFromManagement("/actuator/prometheus")
			.response()
			.body()
			.lines()
			.filter((line) -> line.startsWith("orders_stuck{"))
			.collect(Collectors.toMap((line) -> line.replaceFirst(".*status=\"(\\w+)\".*", "$1"),
					(line) -> line.substring(line.lastIndexOf(' ') + 1)));
	}

	private void cancel(UUID order) {
		assertThat(this.api.cancel(order).status()).isEqualTo(202);
	}

	private List<String> timelineOf(UUID order) {
		return this.api.get("/orders/" + order + "/timeline")
			.body()
			.valueStream()
			.map((entry) -> entry.get("event").asString() + ": " + entry.get("detail").asString())
			.toList();
	}

	private static List<CloudEvent> publishedAbout(UUID order, int events) {
		return await().atMost(BOUND)
			.until(() -> TopicReader.read(Topics.ORDERS)
				.stream()
				.map((record) -> KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent())
				.filter((event) -> order.toString().equals(event.getSubject()))
				.toList(), (published) -> published.size() == events);
	}

	private static <T> T data(CloudEvent event, Class<T> type) {
		return JsonMapper.shared().readValue(event.getData().toBytes(), type);
	}

}
