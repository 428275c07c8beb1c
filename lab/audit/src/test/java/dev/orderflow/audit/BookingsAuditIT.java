package dev.orderflow.audit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

import dev.orderflow.carrier.Behaviour;
import dev.orderflow.carrier.CarrierServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.setup.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.orderflow.audit.BookingsAudit.keyOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the audit accepts one booking for each dispatched shipment and reports every
 * other state. Method: the simulated carrier, and a table with the columns that the audit
 * reads.
 */
class BookingsAuditIT {

	private static final String TRACKING = "shipments dispatched with the carrier's tracking number";

	private static final String KEYS = "bookings by the key of an order";

	private static PostgresServer postgres;

	private static Database database;

	private final HttpClient http = HttpClient.newHttpClient();

	private CarrierServer carrier;

	@BeforeAll
	static void startPostgres(@TempDir Path directory) throws SQLException {
		postgres = PostgresServer.start(Ports.free(), directory.resolve("postgres"), directory.resolve("postgres.log"));
		database = postgres.createDatabase("shipping");
		execute("""
				create table shipment (shipment_id uuid, order_id uuid, status text, carrier text, tracking_number text,
				  dispatched_at timestamptz)""");
	}

	@AfterAll
	static void stopPostgres() {
		postgres.close();
	}

	@BeforeEach
	void start() throws SQLException {
		execute("truncate shipment");
		this.carrier = CarrierServer.start(0, new Behaviour(0, 0));
	}

	@AfterEach
	void stop() {
		this.http.close();
		this.carrier.close();
	}

	@Test
	void acceptsOneBookingForEachDispatchedShipment() throws Exception {
		for (int count = 0; count < 3; count++) {
			UUID order = UUID.randomUUID();
			String trackingNumber = book(order);
			book(order);
			store(order, "DISPATCHED", trackingNumber);
		}
		UUID cancelled = UUID.randomUUID();
		book(cancelled);
		call("DELETE", keyOf(cancelled));
		call("DELETE", UUID.randomUUID());
		store(cancelled, "CANCELLED", null);
		store(UUID.randomUUID(), "PLANNED", null);

		List<Check> checks = check();
		assertThat(checks).allMatch(Check::holds);
		assertThat(checks.getFirst().expected()).isEqualTo("3");
	}

	@Test
	void namesADispatchedShipmentThatTheCarrierDoesNotKnow() throws Exception {
		UUID order = UUID.randomUUID();
		store(order, "DISPATCHED", "BP-1");

		assertFailure(TRACKING, keyOf(order) + ": expected BP-1, found nothing");
	}

	@Test
	void namesADispatchedShipmentThatTheCarrierCancelled() throws Exception {
		UUID order = UUID.randomUUID();
		store(order, "DISPATCHED", book(order));
		call("DELETE", keyOf(order));

		assertFailure(TRACKING, keyOf(order) + ": expected BP", "found nothing");
	}

	@Test
	void namesAnotherTrackingNumber() throws Exception {
		UUID order = UUID.randomUUID();
		store(order, "DISPATCHED", "BP-1");
		book(order);

		assertFailure(TRACKING, keyOf(order) + ": expected BP-1, found BP");
	}

	@Test
	void namesABookingOfAShipmentThatIsNotDispatched() throws Exception {
		UUID order = UUID.randomUUID();
		store(order, "CANCELLED", null);
		book(order);

		assertFailure(TRACKING, keyOf(order) + ": expected nothing, found BP");
	}

	@Test
	void namesAKeyOfNoOrderThoughItsBookingIsCancelled() throws Exception {
		UUID key = UUID.randomUUID();
		call("PUT", key);
		call("DELETE", key);

		assertFailure(KEYS, key + ": expected the key of an order");
	}

	@Test
	void leavesOutWhatWasDispatchedBeforeTheRecordBegan() throws Exception {
		UUID order = UUID.randomUUID();
		store(order, "DISPATCHED", "BP-1");
		execute("update shipment set dispatched_at = now() - interval '1 day'");
		assertThat(check()).allMatch(Check::holds);

		book(order);
		assertThat(check()).allMatch(Check::holds);
	}

	@Test
	void readsMoreThanOnePageOfBookings() throws Exception {
		for (int count = 0; count < 1001; count++) {
			call("DELETE", UUID.randomUUID());
		}

		assertThat(BookingRecord.read(this.carrier.uri()).entries()).hasSize(1001);
	}

	private void assertFailure(String what, String... parts) throws SQLException {
		assertThat(check()).filteredOn((check) -> !check.holds()).singleElement().satisfies((check) -> {
			assertThat(check.what()).isEqualTo(what);
			assertThat(check.examples()).singleElement().asString().contains(parts);
		});
	}

	private List<Check> check() throws SQLException {
		try (Connection connection = database.connect()) {
			return BookingsAudit.check(connection, BookingRecord.read(this.carrier.uri()));
		}
	}

	private String book(UUID order) throws Exception {
		String booking = call("PUT", keyOf(order));
		return booking.replaceAll(".*\"trackingNumber\":\"([^\"]+)\".*", "$1");
	}

	private String call(String method, UUID key) throws Exception {
		String body = """
				{"service": "STANDARD", "parcels": [{"number": 1, "units": 10}], "address": {"name": "Ada",
				  "street": "Lindenstr. 1", "city": "Berlin", "postalCode": "10969", "country": "DE"}}""";
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.carrier.uri() + "/bookings/" + key))
			.method(method, BodyPublishers.ofString(body))
			.build();
		return this.http.send(request, BodyHandlers.ofString()).body();
	}

	/** With an id of an earlier release, which is not the key of its booking. */
	private static void store(UUID order, String status, String trackingNumber) throws SQLException {
		execute("insert into shipment values ('%s', '%s', '%s', 'Brisk Parcels', %s, %s)".formatted(UUID.randomUUID(),
				order, status, (trackingNumber != null) ? "'" + trackingNumber + "'" : "null",
				status.equals("DISPATCHED") ? "clock_timestamp()" : "null"));
	}

	private static void execute(String sql) throws SQLException {
		try (Connection connection = database.connectAsOwner(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
