package dev.orderflow.carrier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: the carrier's API answers as documented, books each shipment once, and answers no
 * request with 5xx unless it is told to. Method: real requests.
 */
class CarrierServerIT {

	private static final String BOOKING = """
			{"service": "EXPRESS", "parcels": [{"number": 1, "units": 10}, {"number": 2, "units": 3}],
			 "address": {"name": "Ada", "street": "Lindenstr. 1", "city": "Berlin", "postalCode": "10969",
			   "country": "DE"}}""";

	private final JsonMapper json = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newHttpClient();

	private final UUID shipment = UUID.randomUUID();

	private CarrierServer carrier;

	@BeforeEach
	void start() {
		this.carrier = CarrierServer.start(0, new Behaviour(0, 0));
	}

	@AfterEach
	void stop() {
		this.http.shutdownNow();
		this.carrier.close();
	}

	@Test
	void offersItsServicesForEachParcel() throws Exception {
		HttpResponse<String> answer = call("POST", "/quotes",
				"{\"country\": \"DE\", \"parcels\": [{\"number\": 1, \"units\": 10}, {\"number\": 2, \"units\": 1}]}");

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(tree(answer)).isEqualTo(this.json.readTree("""
				{"offers": [{"service": "STANDARD", "priceCents": 1180, "currency": "EUR"},
				  {"service": "EXPRESS", "priceCents": 2580, "currency": "EUR"}]}"""));
	}

	@Test
	void booksOnceAndConfirmsARepeatedCallInTheSameWay() throws Exception {
		HttpResponse<String> first = book(this.shipment);
		HttpResponse<String> again = book(this.shipment);

		assertThat(first.statusCode()).isEqualTo(201);
		assertThat(again.statusCode()).isEqualTo(200);
		assertThat(again.body()).isEqualTo(first.body());
		JsonNode booking = tree(first);
		assertThat(booking.propertyNames()).containsExactly("shipmentId", "carrier", "trackingNumber", "service");
		assertThat(booking.get("shipmentId").asString()).isEqualTo(this.shipment.toString());
		assertThat(booking.get("carrier").asString()).isEqualTo("Brisk Parcels");
		assertThat(record(this.shipment)).isEqualTo(this.json.readTree("""
				{"shipmentId": "%s", "status": "BOOKED", "trackingNumber": "%s", "service": "EXPRESS",
				 "bookCalls": 2, "bookings": 1, "cancelCalls": 0}""".formatted(this.shipment,
				booking.get("trackingNumber").asString())));
	}

	@Test
	void makesOneBookingOfManyCallsAtTheSameTime() throws Exception {
		List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 50)
			.mapToObj((call) -> this.http.sendAsync(request("PUT", "/bookings/" + this.shipment, BOOKING),
					BodyHandlers.ofString()))
			.toList();
		List<Integer> statuses = new ArrayList<>();
		Set<String> bodies = new HashSet<>();
		for (CompletableFuture<HttpResponse<String>> call : calls) {
			statuses.add(call.get().statusCode());
			bodies.add(call.get().body());
		}

		assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
		assertThat(bodies).hasSize(1);
		assertThat(record(this.shipment).get("bookings").asInt()).isOne();
		assertThat(record(this.shipment).get("bookCalls").asInt()).isEqualTo(50);
	}

	@Test
	void cancelsAnyNumberOfTimesAndBooksNoMore() throws Exception {
		UUID unknown = UUID.randomUUID();
		book(this.shipment);

		for (UUID key : List.of(this.shipment, this.shipment, unknown, unknown)) {
			HttpResponse<String> answer = call("DELETE", "/bookings/" + key, "");
			assertThat(answer.statusCode()).isEqualTo(204);
			assertThat(answer.body()).isEmpty();
		}

		assertProblem(book(this.shipment), 409, this.shipment.toString());
		assertProblem(book(unknown), 409, unknown.toString());
		assertThat(record(unknown)).isEqualTo(this.json.readTree("""
				{"shipmentId": "%s", "status": "CANCELLED", "trackingNumber": null, "service": null,
				 "bookCalls": 1, "bookings": 0, "cancelCalls": 2}""".formatted(unknown)));
	}

	@Test
	void listsAllShipmentsInPages() throws Exception {
		for (int count = 0; count < 7; count++) {
			book(UUID.randomUUID());
		}
		List<String> found = new ArrayList<>();
		JsonNode page = tree(call("GET", "/bookings?limit=3", ""));
		while (!page.get("bookings").isEmpty()) {
			assertThat(Instant.parse(page.get("startedAt").asString())).isBefore(Instant.now());
			page.get("bookings").forEach((booking) -> found.add(booking.get("shipmentId").asString()));
			page = tree(call("GET", "/bookings?after=%s&limit=3".formatted(found.getLast()), ""));
		}

		assertThat(found).hasSize(7).isSorted().doesNotHaveDuplicates();
		assertThat(tree(call("GET", "/bookings", "")).get("bookings")).hasSize(7);
		assertProblem(call("GET", "/bookings/" + UUID.randomUUID(), ""), 404, "unknown");
	}

	@Test
	void failsBeforeItsWorkOrAfterWhenItIsToldTo() throws Exception {
		behave("{\"latencyMillis\": 0, \"failureRate\": 1}");
		for (int count = 0; count < 100; count++) {
			assertProblem(book(UUID.randomUUID()), 503, "out");
			assertProblem(call("POST", "/quotes", "{}"), 503, "out");
		}
		assertProblem(call("DELETE", "/bookings/" + this.shipment, ""), 503, "out");

		assertThat(tree(call("GET", "/bookings", "")).get("bookings")).hasSizeBetween(1, 99);
		behave("{\"latencyMillis\": 0, \"failureRate\": 0}");
		assertThat(book(UUID.randomUUID()).statusCode()).isEqualTo(201);
	}

	@Test
	void takesItsTimeWhenItIsToldTo() throws Exception {
		behave("{\"latencyMillis\": 300, \"failureRate\": 0}");
		assertThat(tree(call("GET", "/behaviour", "")))
			.isEqualTo(this.json.readTree("{\"latencyMillis\": 300, \"failureRate\": 0.0}"));

		long start = System.nanoTime();
		book(this.shipment);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
	}

	@Test
	void refusesMoreCallsThanItTakesAtATimeAndStaysUnderControl() throws Exception {
		behave("{\"latencyMillis\": 60000, \"failureRate\": 0}");
		var calls = IntStream.range(0, 65)
			.mapToObj((call) -> this.http.sendAsync(request("DELETE", "/bookings/" + UUID.randomUUID(), ""),
					BodyHandlers.discarding()))
			.toList();

		CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
		assertThat(calls).filteredOn(CompletableFuture::isDone)
			.singleElement()
			.satisfies((call) -> assertThat(call.get().statusCode()).isEqualTo(429));
		behave("{\"latencyMillis\": 0, \"failureRate\": 0}");
	}

	@Test
	void endsCallsInFlightWhenItStops() throws Exception {
		behave("{\"latencyMillis\": 60000, \"failureRate\": 0}");
		var call = this.http.sendAsync(request("DELETE", "/bookings/" + this.shipment, ""), BodyHandlers.discarding());
		this.carrier.close();

		assertThat(call).failsWithin(Duration.ofSeconds(20));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"latencyMillis": -1, "failureRate": 0}       | latencyMillis is out of range: expected 0 to 60000, found -1
			{"latencyMillis": 60001, "failureRate": 0}    | latencyMillis
			{"latencyMillis": 1.5, "failureRate": 0}      | latencyMillis
			{"latencyMillis": "1", "failureRate": 0}      | latencyMillis
			{"latencyMillis": 20, "failureRate": -0.1}    | failureRate is out of range: expected 0 to 1, found -0.1
			{"latencyMillis": 20, "failureRate": 1.01}    | failureRate
			{"latencyMillis": 20, "failureRate": NaN}     | Body
			{"latencyMillis": 20, "failureRate": null}    | failureRate
			{"latencyMillis": 20}                         | failureRate
			{"latencyMillis": 20, "failureRat": 1}        | failureRate
			[]                                            | Body
			null                                          | Body
			{"latencyMillis": 20, "failureRate": 0} {}    | Body
			{                                             | Body""")
	void refusesAWrongBehaviourAndKeepsItsOwn(String body, String part) throws Exception {
		assertProblem(call("PUT", "/behaviour", body), 400, part);

		assertThat(tree(call("GET", "/behaviour", "")).get("failureRate").asDouble()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					"service": "EXPRESS"      | "service": "SLOW"        | service
					"service": "EXPRESS",     | ''                       | service
					"country": "DE"           | "country": "Germany"     | address.country: expected two letters such as DE
					"name": "Ada"             | "name": " "              | address.name
					"name": "Ada"             | "name": null             | address.name
					"city": "Berlin",         | ''                       | address.city
					"number": 2               | "number": 1              | parcels.number: expected each once, found 1 twice
					"units": 10               | "units": 0               | parcels.units: expected at least 1, found 0
					"units": 10               | "units": 1e9999          | units
					"units": 10               | "units": 99999999999     | units
					{"number": 1, "units": 10} | null                    | parcels: expected objects, found null
					"parcels": [              | "parcels": [], "more": [ | parcels is out of range: expected 1 to 10000, found 0""")
	void namesWhatIsWrongWithABooking(String right, String wrong, String part) throws Exception {
		assertThat(BOOKING).contains(right);
		HttpResponse<String> answer = call("PUT", "/bookings/" + this.shipment, BOOKING.replace(right, wrong));

		assertProblem(answer, 400, part);
		assertThat(call("GET", "/bookings/" + this.shipment, "").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /bookings/1-1-1-1-1, 400", "PUT, /bookings/none, 400", "DELETE, /bookings/, 400",
			"GET, /bookings/%00, 400", "GET, /bookings?after=none, 400", "GET, /bookings?limit=0, 400",
			"GET, /bookings?limit=1001, 400", "GET, /bookings?limit=many, 400", "GET, /bookings?limit, 400",
			"GET, /bookings?afte=x, 400", "GET, /, 404", "GET, /quotes/all, 404", "GET, /bookings/x/y, 404",
			"GET, /nothing, 404", "GET, /quotes, 405", "DELETE, /bookings, 405", "PATCH, /behaviour, 405",
			"OPTIONS, /behaviour, 405", "BREW, /bookings, 405" })
	void refusesWhatItDoesNotServe(String method, String path, int status) throws Exception {
		HttpResponse<String> answer = call(method, path, "");

		assertProblem(answer, status, "found");
		assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
	}

	@Test
	void answersHeadWithoutABody() throws Exception {
		assertThat(call("HEAD", "/behaviour", "").statusCode()).isEqualTo(405);
		assertThat(call("GET", "/behaviour", "").statusCode()).isEqualTo(200);
	}

	@Test
	void takesTheLargestBookingAndRefusesALargerBody() throws Exception {
		String parcels = String.join(",",
				IntStream.rangeClosed(1, Parcel.PARCELS_MAX)
					.mapToObj("{\"number\": %d, \"units\": 10}"::formatted)
					.toList());
		String largest = BOOKING.replaceFirst("\\[.*]", "[" + parcels + "]");

		assertThat(call("PUT", "/bookings/" + this.shipment, largest).statusCode()).isEqualTo(201);
		assertProblem(call("PUT", "/bookings/" + UUID.randomUUID(), " ".repeat(Request.BODY_BYTES_MAX) + BOOKING), 413,
				"expected at most 524288 bytes");
		assertProblem(call("PUT", "/bookings/" + UUID.randomUUID(), "[".repeat(Request.BODY_BYTES_MAX)), 400, "Body");
	}

	@Test
	void answersNoRandomRequestWithAServerError() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		List<String> methods = List.of("GET", "PUT", "POST", "DELETE", "PATCH");
		List<String> paths = List.of("/bookings/" + this.shipment, "/bookings", "/quotes", "/behaviour", "/bookings/x",
				"/%ff", "/bookings?after=" + this.shipment);
		for (int count = 0; count < 400; count++) {
			byte[] body = BOOKING.getBytes(StandardCharsets.UTF_8);
			for (int flip = random.nextInt(4); flip > 0; flip--) {
				body[random.nextInt(body.length)] = (byte) random.nextInt(256);
			}
			HttpRequest request = HttpRequest
				.newBuilder(URI.create(this.carrier.uri() + paths.get(random.nextInt(paths.size()))))
				.method(methods.get(random.nextInt(methods.size())), BodyPublishers.ofByteArray(body))
				.build();
			int status = this.http.send(request, BodyHandlers.discarding()).statusCode();
			assertThat(status).as("%s, seed %d, request %d", request, seed, count).isBetween(200, 499);
		}
	}

	@Test
	void listensOnLoopbackOnly() throws Exception {
		var others = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> !address.isLoopbackAddress() && address instanceof Inet4Address)
			.toList();
		for (var address : others) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
				try (var socket = new Socket()) {
					socket.connect(new InetSocketAddress(address, this.carrier.port()), 1000);
				}
			});
		}
	}

	@Test
	void saysWhichPortIsTaken() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> CarrierServer.start(this.carrier.port(), Behaviour.NORMAL))
			.withMessageContaining(Integer.toString(this.carrier.port()));
	}

	private void assertProblem(HttpResponse<String> answer, int status, String part) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
		JsonNode problem = tree(answer);
		assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "detail");
		assertThat(problem.get("status").asInt()).isEqualTo(status);
		assertThat(problem.get("detail").asString()).contains(part).doesNotContain("dev.orderflow");
	}

	private HttpResponse<String> book(UUID shipmentId) throws Exception {
		return call("PUT", "/bookings/" + shipmentId, BOOKING);
	}

	private void behave(String behaviour) throws Exception {
		assertThat(call("PUT", "/behaviour", behaviour).statusCode()).isEqualTo(200);
	}

	private JsonNode record(UUID shipmentId) throws Exception {
		return tree(call("GET", "/bookings/" + shipmentId, ""));
	}

	private JsonNode tree(HttpResponse<String> answer) {
		return this.json.readTree(answer.body());
	}

	private HttpResponse<String> call(String method, String path, String body) throws Exception {
		return this.http.send(request(method, path, body), BodyHandlers.ofString());
	}

	private HttpRequest request(String method, String path, String body) {
		return HttpRequest.newBuilder(URI.create(this.carrier.uri() + path))
			.timeout(Duration.ofSeconds(20))
			.method(method, BodyPublishers.ofString(body))
			.build();
	}

}
