package dev.orderflow.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerTest;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderAt;
import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.confirmed;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static dev.orderflow.test.consumer.PlacedOrders.rejected;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the API shows the shipment of an order, but not its address. Method: events are
 * written to the real topic, and their shipments read over HTTP.
 */
@ConsumerTest
@ExtendWith(OutputCaptureExtension.class)
class ShipmentControllerIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	@Autowired
	JdbcClient jdbc;

	private RestTestClient http;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@Test
	void plansParcelsAndWhenTheyArePickedUp() {
		OrderPlaced order = anOrderAt(Instant.parse("2026-11-20T14:00:00Z"), line("SKU-RUG", 1), line("SKU-MUG", 12));

		place(order);

		this.http.get()
			.uri("/shipments/{orderId}", order.orderId())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.shipmentId")
			.exists()
			.json("""
					{"orderId": "%s", "status": "PLANNED", "plannedFor": "2026-11-23T16:00:00Z", "parcels": [
					  {"number": 1, "lines": [{"sku": "SKU-MUG", "quantity": 10}]},
					  {"number": 2, "lines": [{"sku": "SKU-MUG", "quantity": 2}, {"sku": "SKU-RUG", "quantity": 1}]}]}"""
				.formatted(order.orderId()));
	}

	@Test
	void showsWhoCarriesADispatchedShipment() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);

		write(List.of(record(Topics.ORDERS, order),
				record(Topics.ORDERS, EventType.ORDER_CONFIRMED, order.orderId(), confirmed(order))));

		this.http.get()
			.uri("/shipments/{orderId}", order.orderId())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.trackingNumber")
			.exists()
			.jsonPath("$.dispatchedAt")
			.exists()
			.json("""
					{"orderId": "%s", "shipmentId": "%s", "status": "DISPATCHED", "carrier": "Brisk Parcels",
					 "parcels": [{"number": 1, "lines": [{"sku": "SKU-MUG", "quantity": 1}]}]}"""
				.formatted(order.orderId(), Shipment.idOf(order.orderId())));
	}

	/**
	 * The cancelled one has no address any more, so that both sequences end in the same
	 * row.
	 */
	@Test
	void cancelsTheShipmentOfARejectedOrderInWhateverSequence() {
		OrderPlaced first = anOrderOf("SKU-MUG", 12);
		OrderPlaced second = anOrderOf("SKU-MUG", 12);

		write(List.of(record(Topics.ORDERS, first), rejection(first), rejection(second)));
		assertCancelled(second);
		write(List.of(record(Topics.ORDERS, second)));

		assertCancelled(first);
		assertCancelled(second);
		assertThat(this.jdbc.sql("""
				select distinct to_jsonb(shipment) - 'shipment_id' - 'order_id' - 'cancelled_at' as row
				from shipment
				where order_id = any (:orders::uuid[])""")
			.param("orders", new String[] { first.orderId().toString(), second.orderId().toString() })
			.query(String.class)
			.list()).hasSize(1).first().asString().doesNotContain("Lovelace", "London");
	}

	private void assertCancelled(OrderPlaced order) {
		this.http.get()
			.uri("/shipments/{orderId}", order.orderId())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"orderId": "%s", "status": "CANCELLED", "plannedFor": null, "parcels": []}"""
				.formatted(order.orderId()));
		assertThat(
				this.jdbc.sql("select count(*) from parcel_line join shipment using (shipment_id) where order_id = :id")
					.param("id", order.orderId())
					.query(Long.class)
					.single())
			.isZero();
	}

	@Test
	void storesTheAddressAndNeitherReturnsNorLogsIt(CapturedOutput output) {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);

		place(order);

		assertThat(this.jdbc.sql("""
				select concat_ws('; ', ship_to_name, ship_to_street, ship_to_city, ship_to_postal_code, ship_to_country)
				from shipment
				where order_id = :id""").param("id", order.orderId()).query(String.class).single())
			.isEqualTo("Ada Lovelace; 12 St James's Square; London; SW1Y 4JH; GB");
		byte[] answer = this.http.get()
			.uri("/shipments/{orderId}", order.orderId())
			.exchange()
			.returnResult()
			.getResponseBodyContent();
		assertThat(new String(answer)).contains("PLANNED").doesNotContain("Lovelace", "London");
		assertThat(output.getAll()).doesNotContain("Lovelace", "SW1Y");
	}

	@Test
	void answers404ForAnOrderWithoutShipment() {
		this.http.get()
			.uri("/shipments/{orderId}", UUID.randomUUID())
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.NOT_FOUND)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://orderflow.dev/problems/shipment-not-found")
			.jsonPath("$.title")
			.isEqualTo("Shipment not found")
			.jsonPath("$.status")
			.isEqualTo(404)
			.jsonPath("$.detail")
			.exists();
	}

	@Test
	void namesAnInvalidId() {
		this.http.get()
			.uri("/shipments/first-of-may")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("orderId")
			.jsonPath("$.errors[0].message")
			.isEqualTo("Invalid value: expected a UUID, found 'first-of-may'");
	}

	private static void place(OrderPlaced order) {
		write(List.of(record(Topics.ORDERS, order)));
	}

	private static ProducerRecord<byte[], byte[]> rejection(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_REJECTED, order.orderId(), rejected(order));
	}

	private static void write(List<ProducerRecord<byte[], byte[]>> records) {
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(records);
		}
		ConsumerGroups.awaitNoLag("shipping-service", Topics.ORDERS, BOUND);
	}

}
