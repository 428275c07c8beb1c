package dev.orderflow.carrier;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The carrier's interface: {@code POST /quotes}, {@code PUT} and {@code DELETE
 * /bookings/{shipmentId}}, which take the time and fail as often as the {@link Behaviour}
 * says. One half of the failures comes after the work, as if the answer was lost: the
 * caller cannot tell, and repeats. {@code /behaviour} and reading {@code /bookings} are
 * for experiments and checks, and never fail.
 * <p>
 * At most {@value #CALLS_MAX} calls of the first kind and {@value #CONTROLS_MAX} of the
 * second run at a time; more are answered with 429. When there is no room for a new
 * shipment the answer is 503.
 */
final class CarrierApi implements HttpHandler {

	/** The name of the carrier. */
	static final String CARRIER = "Brisk Parcels";

	private static final int CALLS_MAX = 64;

	private static final int CONTROLS_MAX = 32;

	private static final int PAGE_MAX = 1000;

	private final JsonMapper json = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.build();

	private final Semaphore calls = new Semaphore(CALLS_MAX);

	private final Semaphore controls = new Semaphore(CONTROLS_MAX);

	private final Bookings bookings;

	private volatile Behaviour behaviour;

	CarrierApi(Bookings bookings, Behaviour behaviour) {
		this.bookings = bookings;
		this.behaviour = behaviour;
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		Request request = new Request(exchange, this.json);
		try (exchange) {
			orRefusal(() -> route(request)).send(exchange, this.json);
		}
		catch (InterruptedException ex) {
			// The server stops; the caller sees a lost connection.
			Thread.currentThread().interrupt();
		}
	}

	private static Answer orRefusal(Call call) throws IOException, InterruptedException {
		try {
			return call.answer();
		}
		catch (RefusedRequestException ex) {
			return ex.answer();
		}
	}

	private Answer route(Request request) throws IOException, InterruptedException {
		List<String> path = request.path();
		return switch (path.getFirst() + "/" + path.size()) {
			case "quotes/1" -> oneOf(request, Map.of("POST", () -> disturbed(() -> quote(request))));
			case "bookings/1" -> oneOf(request, Map.of("GET", () -> undisturbed(() -> page(request))));
			case "bookings/2" -> ofBooking(request, Request.shipmentId(path.getLast()));
			case "behaviour/1" -> oneOf(request, Map.of("GET", () -> undisturbed(() -> Answer.ok(this.behaviour)),
					"PUT", () -> undisturbed(() -> behave(request))));
			default -> Answer.problem(404,
					"Path: expected /quotes, /bookings, /bookings/{shipmentId} or /behaviour, found '/%s'"
						.formatted(String.join("/", path)));
		};
	}

	private Answer ofBooking(Request request, UUID shipmentId) throws IOException, InterruptedException {
		return oneOf(request, Map.of("PUT", () -> disturbed(() -> book(request, shipmentId)), "DELETE",
				() -> disturbed(() -> cancel(shipmentId)), "GET", () -> undisturbed(() -> find(shipmentId))));
	}

	private static Answer oneOf(Request request, Map<String, Call> methods) throws IOException, InterruptedException {
		Call call = methods.get(request.method());
		if (call == null) {
			List<String> expected = Request.sorted(methods.keySet());
			return Answer.problem(405, "Method: expected one of %s, found %s".formatted(expected, request.method()))
				.with("Allow", String.join(", ", expected));
		}
		return call.answer();
	}

	/** A call that takes its time, and may fail before its work or after. */
	private Answer disturbed(Call work) throws IOException, InterruptedException {
		return oneOfMany(this.calls, () -> {
			Behaviour now = this.behaviour;
			Thread.sleep(now.latencyMillis());
			ThreadLocalRandom random = ThreadLocalRandom.current();
			boolean fails = random.nextDouble() < now.failureRate();
			if (fails && random.nextBoolean()) {
				return out();
			}
			Answer answer = orRefusal(work);
			return fails ? out() : answer;
		});
	}

	private Answer undisturbed(Call work) throws IOException, InterruptedException {
		return oneOfMany(this.controls, work);
	}

	private static Answer oneOfMany(Semaphore slots, Call call) throws IOException, InterruptedException {
		if (!slots.tryAcquire()) {
			return later(429, "Too many calls at a time; repeat this one later");
		}
		try {
			return call.answer();
		}
		finally {
			slots.release();
		}
	}

	private static Answer out() {
		return later(503, "The carrier is out; repeat the call later, with the same shipment id");
	}

	private Answer quote(Request request) throws IOException {
		QuoteRequest asked = request.body(QuoteRequest.class);
		return Answer.ok(new Quote(
				Stream.of(Service.values()).map((service) -> service.offer(asked.parcels().size())).toList()));
	}

	private Answer book(Request request, UUID shipmentId) throws IOException {
		BookingRequest asked = request.body(BookingRequest.class);
		Optional<Booking> booked = this.bookings.book(shipmentId, asked.service());
		if (booked.isEmpty()) {
			return full();
		}
		Booking booking = booked.get();
		return switch (booking.status()) {
			case BOOKED -> new Answer((booking.bookCalls() == 1) ? 201 : 200, Confirmation.of(booking));
			case CANCELLED ->
				Answer.problem(409, "Shipment %s is cancelled: expected a shipment that is not".formatted(shipmentId));
		};
	}

	private Answer cancel(UUID shipmentId) {
		return this.bookings.cancel(shipmentId).isPresent() ? new Answer(204, null) : full();
	}

	private static Answer full() {
		return later(503, "No room for another shipment: restart the simulator, which forgets all");
	}

	private static Answer later(int status, String detail) {
		return Answer.problem(status, detail).with("Retry-After", "1");
	}

	private Answer find(UUID shipmentId) {
		return this.bookings.find(shipmentId)
			.map(Answer::ok)
			.orElseGet(() -> Answer.problem(404, "Shipment %s is unknown".formatted(shipmentId)));
	}

	private Answer page(Request request) {
		Map<String, String> query = request.query(Set.of("after", "limit"));
		String after = query.get("after");
		return Answer.ok(new Page(this.bookings.startedAt(),
				this.bookings.page((after != null) ? Request.shipmentId(after) : null,
						limit(query.getOrDefault("limit", "" + PAGE_MAX)))));
	}

	private static int limit(String text) {
		try {
			int limit = Integer.parseInt(text);
			if (limit >= 1 && limit <= PAGE_MAX) {
				return limit;
			}
		}
		catch (NumberFormatException ex) {
			// Refused below, as a number out of range.
		}
		throw new RefusedRequestException(400, "limit: expected 1 to %d, found '%s'".formatted(PAGE_MAX, text));
	}

	private Answer behave(Request request) throws IOException {
		this.behaviour = request.body(Behaviour.class);
		return Answer.ok(this.behaviour);
	}

	@FunctionalInterface
	private interface Call {

		Answer answer() throws IOException, InterruptedException;

	}

	private record Quote(List<Service.Offer> offers) {
	}

	private record Confirmation(UUID shipmentId, String carrier, String trackingNumber, Service service) {

		static Confirmation of(Booking booking) {
			return new Confirmation(booking.shipmentId(), CARRIER, Objects.requireNonNull(booking.trackingNumber()),
					Objects.requireNonNull(booking.service()));
		}

	}

	private record Page(Instant startedAt, List<Booking> bookings) {
	}

}
