package dev.orderflow.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.orderflow.audit.OrderTraffic;
import dev.orderflow.audit.Reconciler;
import dev.orderflow.audit.Reconciliation;
import dev.orderflow.demo.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: shipping-service books each confirmed order once with the carrier, whatever
 * happens to itself or to the carrier. Method: its process is killed when the carrier has
 * booked and nothing is stored; then the carrier fails every call for a while; each time
 * the carrier's own record is reconciled with the shipments afterwards.
 */
@ExtendWith(WholeSystem.Shared.class)
class CarrierE2E {

	private static final Duration BOUND = Duration.ofMinutes(2);

	private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

	private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("orderflow.outage.seconds", 15));

	private static final int ORDERS = 100;

	private static final int NORMAL_MILLIS = 20;

	private final JsonMapper json = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Stack stack;

	private final Reconciler reconciler;

	private final Set<UUID> promised;

	private final OrderTraffic traffic;

	CarrierE2E(WholeSystem system) {
		this.stack = system.stack();
		this.reconciler = this.stack.reconciler();
		this.promised = new HashSet<>(this.reconciler.storedOrders());
		this.traffic = new OrderTraffic(this.stack.instance("order-service").uri(), 11);
	}

	@BeforeEach
	void nothingIsOpen() {
		await("all earlier events processed").atMost(BOUND).until(() -> this.reconciler.remaining() == 0);
	}

	@AfterEach
	void repairTheCarrier() throws Exception {
		behave(NORMAL_MILLIS, 0);
		this.http.close();
	}

	/**
	 * The carrier answers, but the shipments' table is locked when their transaction
	 * wants to write.
	 */
	@Test
	void aProcessThatDiesBetweenBookingAndCommitBooksOnce() throws Exception {
		Set<UUID> before = booked().keySet();
		this.stack.instance("shipping-service").process().kill();
		this.traffic.place(ORDERS);
		await("all orders judged").atMost(BOUND).until(() -> undecided() == 0);
		Set<UUID> lost;
		try (Connection shipping = connect("shipping-service"); Statement lock = shipping.createStatement()) {
			shipping.setAutoCommit(false);
			lock.execute("lock table shipment in share mode");
			this.stack.restart("shipping-service");
			await("booked, and not stored").atMost(BOUND).until(() -> !notStored(before).isEmpty());
			this.stack.instance("shipping-service").process().kill();
			lost = notStored(before);
			shipping.rollback();
		}

		this.stack.restart("shipping-service");
		assertThatAllAddsUp();
		Map<UUID, JsonNode> after = booked();
		assertThat(lost).allSatisfy((key) -> assertThat(after.get(key).get("bookCalls").asInt()).isGreaterThan(1));
	}

	@Test
	void anOutageOfTheCarrierOnlyDelaysShipments() throws Exception {
		long dispatched = dispatched().size();
		behave(NORMAL_MILLIS, 1);
		this.traffic.place(ORDERS);

		await("breaker open, consumer paused").atMost(BOUND)
			.until(() -> metric("resilience4j_circuitbreaker_state{", "state=\"open\"") == 1
					&& metric("inbox_paused", "") == 1);
		long end = System.nanoTime() + OUTAGE.toNanos();
		while (System.nanoTime() < end) {
			this.traffic.place(1);
			Thread.sleep(500);
		}
		assertThat(metric("dead_letter_open", "")).as("dead letters").isZero();
		assertThat(dispatched().size()).as("dispatched in the outage").isEqualTo(dispatched);

		behave(NORMAL_MILLIS, 0);
		assertThatAllAddsUp();
		assertThat(metric("resilience4j_circuitbreaker_state{", "state=\"closed\"")).as("breaker closed").isOne();
	}

	private void assertThatAllAddsUp() {
		await("all events processed").atMost(BOUND).until(() -> this.reconciler.remaining() == 0);
		this.promised.addAll(this.traffic.accepted());
		Reconciliation found = this.reconciler.reconcile(Optional.of(this.promised));
		System.out.println(found.table());
		assertThat(found.failures()).isEmpty();
	}

	private void behave(int latencyMillis, int failureRate) throws IOException, InterruptedException {
		String body = "{\"latencyMillis\": %d, \"failureRate\": %d}".formatted(latencyMillis, failureRate);
		assertThat(send(HttpRequest.newBuilder(this.stack.carrier().resolve("/behaviour"))
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString(body))).statusCode()).isEqualTo(200);
	}

	/** Shipments that were booked since and are not dispatched. */
	private Set<UUID> notStored(Set<UUID> before) throws Exception {
		Set<UUID> booked = new HashSet<>(booked().keySet());
		booked.removeAll(before);
		booked.removeAll(dispatched());
		return booked;
	}

	/** The carrier's record of what is booked. */
	private Map<UUID, JsonNode> booked() throws IOException, InterruptedException {
		Map<UUID, JsonNode> booked = new HashMap<>();
		String after = "";
		JsonNode page;
		do {
			URI uri = this.stack.carrier().resolve("/bookings" + after);
			page = this.json.readTree(send(HttpRequest.newBuilder(uri)).body()).get("bookings");
			for (JsonNode entry : page) {
				after = "?after=" + entry.get("shipmentId").asString();
				if (entry.get("status").asString().equals("BOOKED")) {
					booked.put(UUID.fromString(entry.get("shipmentId").asString()), entry);
				}
			}
		}
		while (!page.isEmpty());
		return booked;
	}

	/** The keys of their bookings. */
	private Set<UUID> dispatched() throws SQLException {
		Set<UUID> shipments = new HashSet<>();
		try (Connection shipping = connect("shipping-service");
				Statement select = shipping.createStatement();
				ResultSet rows = select.executeQuery("select shipment_id from shipment where status = 'DISPATCHED'")) {
			while (rows.next()) {
				shipments.add(rows.getObject(1, UUID.class));
			}
		}
		return shipments;
	}

	private int undecided() throws SQLException {
		try (Connection orders = connect("order-service");
				Statement select = orders.createStatement();
				ResultSet row = select.executeQuery("select count(*) from customer_order where status = 'PLACED'")) {
			row.next();
			return row.getInt(1);
		}
	}

	private Connection connect(String service) throws SQLException {
		return this.stack.databases().get(service).connect();
	}

	/** The sum of a metric of shipping-service over the series with a label. */
	private double metric(String name, String label) throws IOException, InterruptedException {
		URI uri = this.stack.instance("shipping-service").managementUri().resolve("/actuator/prometheus");
		return send(HttpRequest.newBuilder(uri)).body()
			.lines()
			.filter((line) -> line.startsWith(name) && line.contains(label))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.timeout(ANSWER_MAX).build(), BodyHandlers.ofString());
	}

}
