package dev.orderflow.orders;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Goal: a refused request is answered with the reason and stores nothing. Method: each
 * kind of invalid request over HTTP; orders and appended events are counted before and
 * after each.
 */
@OrderServiceTest
class RefusalsIT {

	private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

	private static final String STATUSES = "[PLACED, CONFIRMED, REJECTED, CANCELLING, CANCELLED, SHIPPED]";

	private static final int BODY_BYTES_MAX = 64 * 1024;

	@Autowired
	private Api api;

	private Api.Stored before;

	@BeforeEach
	void count() {
		this.before = this.api.stored();
	}

	@AfterEach
	void storedNothing() {
		assertThat(this.api.stored()).isEqualTo(this.before);
	}

	static Stream<Arguments> wrongFields() {
		return Stream.of(arguments(with("\"customer-7\"", "\"\""), "customerId", "1 to 64 characters", "found ''"),
				arguments(with("\"customer-7\"", "null"), "customerId", "1 to 64 characters", "Missing value"),
				arguments(with("\"customerId\": \"customer-7\",", ""), "customerId", "1 to 64", "Missing value"),
				arguments(with("customer-7", "x".repeat(65)), "customerId", "1 to 64", "found 65 characters"),
				arguments(with("customer-7", "a\\u0000b"), "customerId", "without control characters", "found 'a"),
				arguments(with("customer-7", "\\ud800"), "customerId", "without control characters", "found"),
				arguments(with("\"customer-7\"", "7"), "customerId", "expected text", "found a whole number"),
				arguments(with("\"customer-7\"", "true"), "customerId", "expected text", "found a boolean"),
				arguments(with("\"customer-7\"", "[\"a\"]"), "customerId", "expected text", "found an array"),
				arguments(with("\"customerId\"", "\"vip\": true, \"customerId\""), "vip", "customerId",
						"Unknown field"),
				arguments(with("\"sku\": \"SKU-MUG\"", "\"sku\": \"SKU-MUG\", \"price\": 1"), "lines[1].price",
						"quantity", "Unknown field"),
				arguments(withLines("[]"), "lines", "1 to 100 lines", "found 0"),
				arguments(withLines("null"), "lines", "1 to 100 lines", "Missing value"),
				arguments(withLines("{}"), "lines", "an array", "found an object"),
				arguments(withLines("[null]"), "lines[0]", "a line", "Missing value"),
				arguments(withLines("[7]"), "lines[0]", "an object", "found a whole number"),
				arguments(withLines(lines(101)), "lines", "1 to 100 lines", "found 101"),
				arguments(with("\"SKU-MUG\"", "\"SKU-KETTLE\""), "lines[1].sku", "earlier line", "'SKU-KETTLE'"),
				arguments(with("\"SKU-MUG\"", "7"), "lines[1].sku", "text", "found a whole number"),
				arguments(with(": 4}", ": 0}"), "lines[1].quantity", "from 1 to 1000", "found 0"),
				arguments(with(": 4}", ": -1}"), "lines[1].quantity", "from 1 to 1000", "found -1"),
				arguments(with(": 4}", ": 1001}"), "lines[1].quantity", "from 1 to 1000", "found 1001"),
				arguments(with(": 4}", ": null}"), "lines[1].quantity", "from 1 to 1000", "Missing value"),
				arguments(with(": 4}", ": \"4\"}"), "lines[1].quantity", "a whole number", "found text"),
				arguments(with(": 4}", ": 4.0}"), "lines[1].quantity", "a whole number", "found a decimal number"),
				arguments(with(": 4}", ": 4.5}"), "lines[1].quantity", "a whole number", "found a decimal number"),
				arguments(with(": 4}", ": true}"), "lines[1].quantity", "a whole number", "found a boolean"),
				arguments(with(": 4}", ": 99999999999}"), "lines[1].quantity", "32-bit integer", "out of range"),
				arguments(with("\"GB\"", "\"UK\""), "shipTo.country", "3166-1", "found 'UK'"),
				arguments(with("\"GB\"", "\"gb\""), "shipTo.country", "3166-1", "found 'gb'"),
				arguments(with("\"GB\"", "\"GBR\""), "shipTo.country", "3166-1", "found 'GBR'"),
				arguments(with("\"London\"", "\" \""), "shipTo.city", "not blank", "found ' '"),
				arguments(with("\"SW1Y 4JH\"", "\"" + "1".repeat(21) + "\""), "shipTo.postalCode", "1 to 20", "found"),
				arguments("{\"customerId\": \"c\", \"lines\": [{\"sku\": \"SKU-MUG\", \"quantity\": 1}]}", "shipTo",
						"an address", "Missing value"),
				arguments(with("\"customerId\"", "\"customerId\": \"x\", \"customerId\""), "body", "JSON", "line 1"),
				arguments("{\"customerId\": ", "body", "JSON", "line 1"),
				arguments("not json", "body", "JSON", "line 1"),
				arguments(Fixtures.aValidBody() + "{}", "body", "", ""), arguments("", "body", "JSON object", "empty"),
				arguments("null", "body", "JSON object", "empty"), arguments("[]", "body", "an object", "an array"),
				arguments("\"text\"", "body", "an object", "text"), arguments("[".repeat(30_000), "body", "", ""),
				arguments(with(": 4}", ": " + "9".repeat(2000) + "}"), "body", "JSON", "parser allows"),
				arguments("{\"" + "k".repeat(60_000) + "\": 1}", "body", "JSON", "parser allows"),
				arguments("{\"" + "k".repeat(1000) + "\": 1}", "k".repeat(64) + "...", "customerId", "Unknown field"));
	}

	@ParameterizedTest
	@MethodSource("wrongFields")
	void namesTheWrongField(String body, String field, String expected, String found) {
		Api.Answer answer = this.api.post(body);

		assertThatItIsAProblem(answer, 400, "invalid-request");
		assertThat(answer.body().get("errors").size()).isOne();
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo(field);
		assertThat(answer.body().get("errors").get(0).get("message").asString()).contains(expected).contains(found);
	}

	@Test
	void namesEachWrongField() {
		Api.Answer answer = this.api.post("""
				{"lines": [{"sku": "SKU-MUG", "quantity": 0}, {"quantity": 1001}, {"sku": "SKU-MUG", "quantity": 1}],
				 "shipTo": {"country": "Atlantis"}}""");

		assertThatItIsAProblem(answer, 400, "invalid-request");
		assertThat(answer.body().get("errors").valueStream().map((error) -> error.get("field").asString()))
			.containsExactlyInAnyOrder("customerId", "lines[0].quantity", "lines[1].sku", "lines[1].quantity",
					"lines[2].sku", "shipTo.name", "shipTo.street", "shipTo.city", "shipTo.postalCode",
					"shipTo.country");
	}

	@Test
	void namesAtMostAHundredWrongFields() {
		String lines = Stream.generate(() -> "{}").limit(20_000).collect(Collectors.joining(",", "[", "]"));

		Api.Answer answer = this.api.post(withLines(lines));

		assertThatItIsAProblem(answer, 400, "invalid-request");
		assertThat(answer.body().get("errors")).hasSize(100);
	}

	@Test
	void namesEachUnknownSku() {
		Api.Answer answer = this.api.post(withLines("""
				[{"sku": "SKU-MUG", "quantity": 1}, {"sku": "SKU-UNICORN", "quantity": 1},
				 {"sku": "sku-mug", "quantity": 1}]"""));

		assertThatItIsAProblem(answer, 422, "unknown-sku");
		assertThat(answer.body().get("detail").asString()).contains("SKU-UNICORN, sku-mug").doesNotContain("SKU-MUG");
	}

	@Test
	void refusesABodyOver64KiBWithAndWithoutALength() {
		byte[] body = padded(BODY_BYTES_MAX + 1);

		assertThatItIsAProblem(post(BodyPublishers.ofByteArray(body)), 413, "body-too-large");
		assertThatItIsAProblem(post(chunked(body)), 413, "body-too-large");
		assertThatItIsAProblem(post(chunked(new byte[1024 * 1024])), 413, "body-too-large");
	}

	@Test
	void readsABodyOf64KiB() {
		byte[] body = new String(padded(BODY_BYTES_MAX), StandardCharsets.UTF_8).replace("\"GB\"", "\"XX\"")
			.getBytes(StandardCharsets.UTF_8);

		assertThatItIsAProblem(post(chunked(body)), 400, "invalid-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/xml", "application/x-www-form-urlencoded",
			"multipart/form-data; boundary=x" })
	void refusesABodyThatIsNotJson(String type) {
		Api.Answer answer = this.api.send("POST", "/orders", BodyPublishers.ofString(Fixtures.aValidBody()),
				Map.of("Content-Type", type));

		assertThatItIsAProblem(answer, 415, "unsupported-media-type");
		assertThat(answer.body().get("detail").asString()).contains("expected application/json")
			.contains(type.substring(0, 8));
	}

	@Test
	void refusesABodyWithoutAType() {
		Api.Answer answer = this.api.send("POST", "/orders", BodyPublishers.ofString(Fixtures.aValidBody()), Map.of());

		assertThatItIsAProblem(answer, 415, "unsupported-media-type");
	}

	@Test
	void refusesAnAcceptHeaderWithoutJson() {
		BodyPublisher body = BodyPublishers.ofString(Fixtures.aValidBody());

		assertThatItIsAProblem(
				this.api.send("POST", "/orders", body,
						Map.of("Content-Type", "application/json", "Accept", "application/xml")),
				406, "not-acceptable");
		assertThatItIsAProblem(this.api.send("GET", "/products", BodyPublishers.noBody(), Map.of("Accept", "text/csv")),
				406, "not-acceptable");
	}

	@Test
	void answersAProblemWhenOnlyPlainJsonIsAccepted() {
		Api.Answer answer = this.api.send("POST", "/orders", BodyPublishers.ofString("{}"),
				Map.of("Content-Type", "application/json", "Accept", "application/json"));

		assertThatItIsAProblem(answer, 400, "invalid-request");
	}

	@Test
	void refusesOtherMethods() {
		Api.Answer answer = this.api.send("DELETE", "/orders", BodyPublishers.noBody(), Map.of());

		assertThatItIsAProblem(answer, 405, "method-not-allowed");
		assertThat(answer.header("Allow").split(", ?")).containsExactlyInAnyOrder("GET", "POST");
		assertThat(answer.body().get("detail").asString())
			.matches("Method DELETE is not allowed: expected one of \\[(GET, POST|POST, GET)]");
	}

	@Test
	void refusesAnOrderIdThatIsNoUuid() {
		Api.Answer answer = this.api.get("/orders/latest");

		assertThatItIsAProblem(answer, 400, "invalid-request");
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo("orderId");
		assertThat(answer.body().get("errors").get(0).get("message").asString())
			.isEqualTo("Invalid value: expected a UUID, found 'latest'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "with space", "with,comma", "tab\there" })
	void namesTheHeaderOfAWrongKey(String key) {
		assertThatItNamesTheKey(this.api.post(Fixtures.aValidBody(), key));
	}

	@Test
	void refusesAKeyThatIsTooLongOrRepeated() {
		assertThatItNamesTheKey(this.api.post(Fixtures.aValidBody(), "k".repeat(129)));
		assertThatItNamesTheKey(this.api.post(Fixtures.aValidBody(), "one", "two"));
	}

	private static void assertThatItNamesTheKey(Api.Answer answer) {
		assertThatItIsAProblem(answer, 400, "invalid-request");
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo("Idempotency-Key");
		assertThat(answer.body().get("errors").get(0).get("message").asString())
			.startsWith("Invalid value: expected 1 to 128 visible ASCII characters, without comma, found ");
	}

	@Test
	void refusesInvalidOrdersUnderAKeyToo() {
		assertThatItIsAProblem(this.api.post("{}", "refused-at-once"), 400, "invalid-request");
		assertThatItIsAProblem(this.api.post(with("SKU-MUG", "SKU-UNICORN"), "refused-at-once"), 422, "unknown-sku");
	}

	static Stream<Arguments> wrongParameters() {
		return Stream.of(arguments("limit=0", "limit", "from 1 to 100, found 0"),
				arguments("limit=101", "limit", "from 1 to 100, found 101"),
				arguments("limit=-1", "limit", "from 1 to 100, found -1"),
				arguments("limit=many", "limit", "a whole number, found 'many'"),
				arguments("limit=99999999999", "limit", "a whole number, found '99999999999'"),
				arguments("status=LOST", "status", "one of " + STATUSES + ", found 'LOST'"),
				arguments("status=placed", "status", "one of " + STATUSES + ", found 'placed'"),
				arguments("customerId=", "customerId", "1 to 64 characters"),
				arguments("customerId=" + "x".repeat(65), "customerId", "found 65 characters"),
				arguments("customerId=%00", "customerId", "without control characters"),
				arguments("cursor=", "cursor", "the nextCursor of an earlier page"),
				arguments("cursor=%20", "cursor", "the nextCursor of an earlier page"),
				arguments("cursor=abc", "cursor", "the nextCursor of an earlier page, found 'abc'"),
				arguments("cursor=*", "cursor", "the nextCursor of an earlier page, found '*'"),
				arguments("cursor=" + "_".repeat(32), "cursor", "the nextCursor of an earlier page"),
				arguments("cursor=" + "f_".repeat(16), "cursor", "the nextCursor of an earlier page"),
				arguments("cursor=" + "A".repeat(5000), "cursor", "found 5000 characters"));
	}

	@ParameterizedTest
	@MethodSource("wrongParameters")
	void namesTheWrongParameterOfTheList(String query, String parameter, String message) {
		Api.Answer answer = this.api.get("/orders?" + query);

		assertThatItIsAProblem(answer, 400, "invalid-request");
		assertThat(answer.body().get("errors").size()).isOne();
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo(parameter);
		assertThat(answer.body().get("errors").get(0).get("message").asString()).startsWith("Invalid value: expected ")
			.contains(message);
	}

	@Test
	void refusesAQueryThatIsNotUtf8() {
		assertThatItIsAProblem(this.api.get("/orders?customerId=%ff"), 400, "bad-request");
	}

	@Test
	void answers404ForTheHistoryOfAnUnknownOrder() {
		String order = "/orders/" + UUID.randomUUID();

		assertThatItIsAProblem(this.api.get(order + "/timeline"), 404, "order-not-found");
		assertThatItIsAProblem(this.api.get(order + "/events/" + UUID.randomUUID()), 404, "event-not-found");
		assertThatItIsAProblem(this.api.get(order + "/events/first"), 400, "invalid-request");
		assertThatItIsAProblem(this.api.get("/orders/latest/timeline"), 400, "invalid-request");
	}

	@Test
	void refusesToCancelWhatIsNoOrder() {
		String cancellation = "/orders/" + UUID.randomUUID() + "/cancellation";

		assertThatItIsAProblem(this.api.send("POST", cancellation, BodyPublishers.noBody(), Map.of()), 404,
				"order-not-found");
		assertThatItIsAProblem(this.api.send("POST", cancellation, BodyPublishers.ofString("{"), JSON), 404,
				"order-not-found");
		assertThatItIsAProblem(this.api.send("POST", "/orders/latest/cancellation", BodyPublishers.noBody(), Map.of()),
				400, "invalid-request");
		assertThatItIsAProblem(this.api.get(cancellation), 405, "method-not-allowed");
		assertThatItIsAProblem(this.api.send("DELETE", cancellation, BodyPublishers.noBody(), Map.of()), 405,
				"method-not-allowed");
		assertThatItIsAProblem(
				this.api.send("POST", cancellation, BodyPublishers.noBody(), Map.of("Accept", "text/html")), 406,
				"not-acceptable");
	}

	@Test
	void answersAProblemWhenOnlyCloudEventsAreAccepted() {
		String event = "/orders/" + UUID.randomUUID() + "/events/" + UUID.randomUUID();

		assertThatItIsAProblem(this.api.get(event, "application/cloudevents+json"), 404, "event-not-found");
		assertThatItIsAProblem(this.api.get(event, "text/html"), 406, "not-acceptable");
	}

	@Test
	void answers404ForAnUnknownOrder() {
		UUID orderId = UUID.randomUUID();

		Api.Answer answer = this.api.get("/orders/" + orderId);

		assertThatItIsAProblem(answer, 404, "order-not-found");
		assertThat(answer.body().get("detail").asString()).contains(orderId.toString());
	}

	@Test
	void answers404ForAnUnknownPath() {
		assertThatItIsAProblem(this.api.get("/customers/7"), 404, "not-found");
		assertThatItIsAProblem(this.api.get("/"), 404, "not-found");
		assertThatItIsAProblem(this.api.get("/error"), 404, "not-found");
	}

	@Test
	void answersRequestsThatTheServerRejectsWithAProblem() {
		assertThatItIsAProblem(this.api.get("/orders/%2F"), 400, "refused");
		assertThatItIsAProblem(this.api.get("/orders/a%00b"), 400, "refused");
		assertThatItIsAProblem(this.api.send("TRACE", "/orders", BodyPublishers.noBody(), Map.of()), 405, "refused");
		assertThatItIsAProblem(this.api.getFromManagement("/actuator/a%00b"), 400, "refused");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/swagger-ui.html", "/swagger-ui/index.html", "/v3/api-docs", "/products" })
	void ignoresForwardedHeaders(String path) {
		for (Map.Entry<String, String> said : Map
			.of("X-Forwarded-Port", "zz", "X-Forwarded-Host", "a:b", "Forwarded", "host=a:b")
			.entrySet()) {
			assertThat(this.api.send("GET", path, BodyPublishers.noBody(), Map.of(said.getKey(), said.getValue()))
				.status()).as(said.toString()).isLessThan(400);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json;charset=iso-8859-1", "application/json;charset=utf-16",
			"application/json;charset=\"utf-16\"", "*/*;charset=us-ascii", "", ",,," })
	void refusesAnAcceptHeaderWithoutUtf8(String accept) {
		Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept", accept);

		assertThatItIsAProblem(
				this.api.send("POST", "/orders", BodyPublishers.ofString(Fixtures.aValidBody()), headers), 406,
				"not-acceptable");
		assertThatItIsAProblem(this.api.send("GET", "/products", BodyPublishers.noBody(), headers), 406,
				"not-acceptable");
		assertThat(this.api.getFromManagement("/actuator/prometheus", accept).status()).isEqualTo(406);
	}

	@Test
	void answersInUtf8IfTheAcceptHeaderAllowsIt() {
		Map<String, String> headers = Map.of("Accept",
				"application/json;charset=utf-16, application/json;charset=UTF-8;q=0.5");

		assertThat(this.api.send("GET", "/products", BodyPublishers.noBody(), headers).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/*+json", "no media type", "/" })
	void refusesAContentTypeThatIsNotConcrete(String contentType) {
		for (String path : List.of("/orders", "/nowhere")) {
			assertThatItIsAProblem(this.api.send("POST", path, BodyPublishers.ofString(Fixtures.aValidBody()),
					Map.of("Content-Type", contentType)), 415, "unsupported-media-type");
		}
	}

	@Test
	void answersAMalformedAcceptHeaderWithAProblem() {
		Api.Answer answer = this.api.send("GET", "/products", BodyPublishers.noBody(), Map.of("Accept", "garbage"));

		assertThatItIsAProblem(answer, 406, "not-acceptable");
	}

	private Api.Answer post(BodyPublisher body) {
		return this.api.send("POST", "/orders", body, JSON);
	}

	private static BodyPublisher chunked(byte[] body) {
		return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
	}

	private static byte[] padded(int length) {
		String body = Fixtures.aValidBody();
		return (body + " ".repeat(length - body.length())).getBytes(StandardCharsets.UTF_8);
	}

	private static String with(String part, String replacement) {
		assertThat(Fixtures.aValidBody()).contains(part);
		return Fixtures.aValidBody().replace(part, replacement);
	}

	private static String withLines(String lines) {
		return Fixtures.aValidBody().replaceFirst("\\[.*]", lines);
	}

	private static String lines(int count) {
		return IntStream.range(0, count)
			.mapToObj("{\"sku\": \"SKU-%d\", \"quantity\": 1}"::formatted)
			.collect(Collectors.joining(",", "[", "]"));
	}

	private static void assertThatItIsAProblem(Api.Answer answer, int status, String type) {
		assertThat(answer.response().body()).doesNotContain("Exception", "dev.orderflow.orders", "springframework",
				"jackson");
		assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.body().get("type").asString()).isEqualTo("https://orderflow.dev/problems/" + type);
		assertThat(answer.body().get("title").asString()).isNotBlank();
		assertThat(answer.body().get("status").asInt()).isEqualTo(status);
		assertThat(answer.body().get("detail").asString()).isNotBlank();
		assertThat(List.of("type", "title", "status", "detail", "instance", "errors"))
			.containsAll(answer.body().propertyNames());
	}

}
