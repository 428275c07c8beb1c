package dev.orderflow.shipping.carrier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * A carrier over HTTP, which the service under test calls. It keeps a record of each
 * booking, and behaves as the test requests.
 */
@Component
public final class TestCarrier implements DynamicPropertyRegistrar, AutoCloseable {

	/** Where it does not go. */
	public static final String REFUSED_COUNTRY = "AQ";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpServer server;

	private final Map<UUID, Record> records = new ConcurrentHashMap<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger runningMax = new AtomicInteger();

	private volatile double failureRate;

	private volatile int failureStatus = 503;

	private volatile String failureBody = "not JSON";

	private volatile Duration latency = Duration.ZERO;

	public TestCarrier() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@Override
	public void accept(DynamicPropertyRegistry properties) {
		properties.add("orderflow.carrier.url", this::url);
		properties.add("orderflow.carrier.read-timeout", () -> "1s");
		properties.add("orderflow.carrier.backoff.initial", () -> "5ms");
		properties.add("orderflow.carrier.breaker.open-for", () -> "500ms");
		properties.add("orderflow.inbox.backoff.max", () -> "500ms");
	}

	public URI url() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	/** From now on, a share of the calls gets that status. */
	public void fail(double rate, int status) {
		this.failureStatus = status;
		this.failureBody = "not JSON";
		this.failureRate = rate;
	}

	/** From now on, each call gets that answer. */
	public void answer(int status, String body) {
		fail(1, status);
		this.failureBody = body;
	}

	/** From now on, each call takes that long. */
	public void delay(Duration time) {
		this.latency = time;
	}

	/** From now on, it answers each call at once. */
	public void recover() {
		this.failureRate = 0;
		this.latency = Duration.ZERO;
	}

	/** How often it was called. */
	public int calls() {
		return this.calls.get();
	}

	/** How many calls it had at the same time at most. */
	public int runningMax() {
		return this.runningMax.get();
	}

	/** What it knows about a shipment. */
	public Record recordOf(UUID shipmentId) {
		return this.records.getOrDefault(shipmentId, Record.NONE);
	}

	/** As if somebody had cancelled its booking. */
	public void cancel(UUID shipmentId) {
		this.records.merge(shipmentId, Record.NONE.cancel(), (known, ignored) -> known.cancel());
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.calls.incrementAndGet();
		this.runningMax.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			Thread.sleep(this.latency);
			if (ThreadLocalRandom.current().nextDouble() < this.failureRate) {
				send(exchange, this.failureStatus, this.failureBody);
				return;
			}
			switch (exchange.getRequestMethod()) {
				case "POST" -> quote(exchange, JSON.readTree(body));
				case "PUT" -> book(exchange, shipmentOf(exchange), JSON.readTree(body));
				default -> cancel(exchange, shipmentOf(exchange));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	private static UUID shipmentOf(HttpExchange exchange) {
		return UUID.fromString(exchange.getRequestURI().getPath().substring("/bookings/".length()));
	}

	private static void quote(HttpExchange exchange, JsonNode request) {
		if (request.get("country").asString().equals(REFUSED_COUNTRY)) {
			send(exchange, 400, "{\"title\": \"Bad address\"}");
			return;
		}
		send(exchange, 200, """
				{"offers": [{"service": "EXPRESS", "priceCents": 1290, "currency": "EUR"},
				  {"service": "STANDARD", "priceCents": 590, "currency": "EUR"}]}""");
	}

	private void book(HttpExchange exchange, UUID shipmentId, JsonNode request) {
		boolean complete = request.at("/address/street").isString() && request.at("/parcels/0/units").isInt();
		String service = request.get("service").asString();
		if (!complete || !service.equals("STANDARD")) {
			send(exchange, 400, "{\"title\": \"Expected the cheapest service, an address and parcels\"}");
			return;
		}
		Record before = recordOf(shipmentId);
		Record after = this.records.merge(shipmentId, Record.NONE.booked(), (known, ignored) -> known.booked());
		int status = after.cancelled() ? 409 : (before.bookings() == 0) ? 201 : 200;
		send(exchange, status, """
				{"shipmentId": "%s", "carrier": "Brisk Parcels", "trackingNumber": "%s", "service": "%s"}"""
			.formatted(shipmentId, trackingNumberOf(shipmentId), service));
	}

	private void cancel(HttpExchange exchange, UUID shipmentId) {
		cancel(shipmentId);
		send(exchange, 204, "");
	}

	public static String trackingNumberOf(UUID shipmentId) {
		return "BP" + shipmentId.toString().substring(0, 8);
	}

	private static void send(HttpExchange exchange, int status, String text) {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders()
			.set("Content-Type", (status < 400) ? "application/json" : "application/problem+json");
		try {
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.close();
	}

	/**
	 * The calls about one shipment.
	 *
	 * @param bookCalls how often it was asked to book it
	 * @param bookings how many of these made a booking
	 * @param cancelled whether it was cancelled, booked or not
	 */
	public record Record(int bookCalls, int bookings, boolean cancelled) {

		static final Record NONE = new Record(0, 0, false);

		Record booked() {
			return new Record(this.bookCalls + 1, this.cancelled ? this.bookings : 1, this.cancelled);
		}

		Record cancel() {
			return new Record(this.bookCalls, this.bookings, true);
		}

		/** Whether its parcels are on their way. */
		public boolean isBooked() {
			return this.bookings == 1 && !this.cancelled;
		}

	}

}
