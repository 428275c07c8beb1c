package dev.orderflow.operator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;

import dev.orderflow.deadletter.DeadLetter;
import dev.orderflow.deadletter.DeadLetters;
import dev.orderflow.testservice.TestService;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.polled;
import static dev.orderflow.testservice.ThingRecords.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the endpoint answers operators only, shows nothing personal, and refuses whatever
 * is not as expected with a problem. Method: requests to the management port of a process
 * with the role api, which redrives to a topic that does not exist.
 */
@SpringBootTest(classes = TestService.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "orderflow.role=api", "orderflow.operator.token=a-test-token" })
class DeadLettersEndpointIT extends OperatorTest {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@LocalManagementPort
	private int managementPort;

	@LocalServerPort
	private int port;

	@Autowired
	private DeadLetters deadLetters;

	@Autowired
	private TransactionTemplate transaction;

	private final HttpClient http = HttpClient.newHttpClient();

	@ParameterizedTest
	@CsvSource({ ",", "Bearer,", "Bearer a-test-toke,", "Bearer a-test-token-,", "Basic a-test-token,",
			"a-test-token," })
	void refusesWhoeverLacksTheCredential(String authorization, String nothing) throws Exception {
		for (String path : List.of("", "/count", "/1", "/outbox", "/consumption")) {
			HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
			if (authorization != null) {
				request.header("Authorization", authorization);
			}
			assertRefused(this.http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
		}
		HttpRequest.Builder purge = HttpRequest.newBuilder(uri("/purge"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"by\": \"x\", \"filter\": {}, \"confirm\": 1}"));
		assertRefused(this.http.send(purge.build(), HttpResponse.BodyHandlers.ofString()));
	}

	private static void assertRefused(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("orderflow.operator.token").doesNotContain("a-test-token");
	}

	@Test
	void isNotOnThePortOfTheApi() throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:%d/actuator/deadletters".formatted(this.port)))
			.header("Authorization", "Bearer a-test-token")
			.build();

		assertThat(this.http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
	}

	@Test
	void showsALetterWithoutPersonalValues() throws Exception {
		long id = store(anEvent("shown", "test.shown.v1",
				"""
						{"shipTo": {"name": "Ada", "country": "DE", "door": {"code": "42"}}, "name": "Ada", "lines": [{"sku": "A", "street": "X"}]}"""),
				"nowhere");

		JsonNode shown = json(get("/" + id));

		assertThat(shown.at("/letter/key").asString()).isEqualTo("shown");
		assertThat(shown.at("/letter/state").asString()).isEqualTo("OPEN");
		assertThat(shown.at("/data").toString()).isEqualTo(
				"{\"shipTo\":{\"name\":\"***\",\"country\":\"DE\",\"door\":{\"code\":\"***\"}},\"name\":\"***\",\"lines\":[{\"sku\":\"A\",\"street\":\"***\"}]}");
		assertThat(shown.at("/headers").toString()).contains("ce_type", "test.shown.v1");
		assertThat(get("/" + Long.MAX_VALUE).statusCode()).isEqualTo(404);
	}

	@Test
	void showsNothingOfDataThatIsNotJson() throws Exception {
		ProducerRecord<byte[], byte[]> record = anEvent("no-json", "test.shown.v1", "Ada Lovelace, {");
		record.headers().add("note", bytes("Ada"));

		String shown = get("/" + store(record, "nowhere")).body();

		assertThat(shown).doesNotContain("Ada").contains("it is not JSON");
	}

	/** Masking is recursive, and the answer is deeper than the data. */
	@ParameterizedTest
	@ValueSource(ints = { 101, 450, 499, 500, 501, 5000 })
	void showsNothingOfDataThatIsTooDeep(int levels) throws Exception {
		String data = "{\"shipTo\": ".repeat(levels) + "\"Ada\"" + "}".repeat(levels);

		HttpResponse<String> shown = get("/" + store(anEvent("deep-" + levels, "test.shown.v1", data), "nowhere"));

		assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
		assertThat(shown.body()).doesNotContain("Ada").contains("deeper than 100 levels");
	}

	@Test
	void masksTheDeepestDataThatItShows() throws Exception {
		String data = "{\"a\": ".repeat(99) + "{\"name\": \"Ada\"}" + "}".repeat(99);

		String shown = get("/" + store(anEvent("deepest", "test.shown.v1", data), "nowhere")).body();

		assertThat(shown).doesNotContain("Ada").contains("\"name\":\"***\"");
	}

	@Test
	void listsCountsAndRedrives() throws Exception {
		long first = store(anEvent("listed-1", "test.listed.v1", "{}"), "nowhere");
		long second = store(anEvent("listed-2", "test.listed.v1", "{}"), "nowhere");

		JsonNode page = json(get("?type=test.listed.v1&limit=1&state=open"));
		assertThat(page.at("/items/0/id").asLong()).isEqualTo(second);
		assertThat(json(get("?type=test.listed.v1&cursor=" + page.path("nextCursor").asString())).at("/items/0/id")
			.asLong()).isEqualTo(first);
		JsonNode dryRun = json(post("/redrive", """
				{"by": "alice", "filter": {"type": "test.listed.v1"}, "dryRun": true}"""));
		assertThat(dryRun.path("letters").asLong()).isEqualTo(2);
		assertThat(dryRun.path("lastId").asLong()).isEqualTo(second);
		assertThat(json(get("/count?type=test.listed.v1")).at("/states/OPEN").asLong()).isEqualTo(2);
		assertThat(auditOf(first)).isEmpty();

		JsonNode redriven = json(post("/redrive", """
				{"by": "alice", "filter": {"type": "test.listed.v1"}, "limit": 1}"""));

		assertThat(redriven.path("letters").asLong()).isEqualTo(1);
		assertThat(redriven.path("cursor").asLong()).isEqualTo(first);
		assertThat(letterOf("listed-1")).containsEntry("state", "REDRIVEN");
		assertThat(letterOf("listed-2")).containsEntry("state", "OPEN");
	}

	@Test
	void purgesOnlyWithTheNumberOfLetters() throws Exception {
		store(anEvent("purged", "test.purge.v1", "{}"), "nowhere");

		for (String confirm : List.of("", ", \"confirm\": 2", ", \"confirm\": null")) {
			HttpResponse<String> refused = post("/purge",
					"{\"by\": \"alice\", \"filter\": {\"type\": \"test.purge.v1\"}%s}".formatted(confirm));
			assertThat(refused.statusCode()).isEqualTo(409);
			assertThat(refused.body()).contains("which is 1");
		}
		assertThat(letterOf("purged")).containsEntry("state", "OPEN");

		assertThat(post("/purge", "{\"by\": \"alice\", \"filter\": {\"type\": \"test.purge.v1\"}, \"confirm\": 1}")
			.statusCode()).isEqualTo(200);
		assertThat(letterOf("purged")).containsEntry("state", "PURGED").containsEntry("payload", null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "?state=CLOSED | state", "?limit=0 | limit", "?limit=501 | limit", "?limit=x | limit",
					"?cursor=x | cursor", "?olderThan=1h | olderThan", "?olderThan=-PT1H | olderThan",
					"?olderThan=PT99999999H | olderThan", "?newerThan=P99999999999D | newerThan", "?key=%00 | key",
					"?reason=%20 | reason", "?type=%01 | type", "/x | id", "/99999999999999999999 | id",
					"/outbox?limit=501 | limit", "/outbox?cursor=x | cursor" })
	void namesTheParameterThatIsNotAsExpected(String path, String field) throws Exception {
		HttpResponse<String> refused = get(path);

		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
		assertThat(json(refused).at("/errors/0/field").asString()).isEqualTo(field);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{\"by\": \"a\"} | filter", "{\"by\": \"a\", \"filter\": {}, \"ids\": [1]} | filter",
					"{\"filter\": {}} | by", "{\"by\": \" \", \"filter\": {}} | by",
					"{\"by\": \"a\", \"ids\": []} | ids", "{\"by\": \"a\", \"ids\": [null]} | ids",
					"{\"by\": \"a\", \"ids\": [\"x\"]} | ids[0]",
					"{\"by\": \"a\", \"filter\": {\"colour\": \"x\"}} | filter.colour",
					"{\"by\": \"a\", \"filter\": {\"state\": \"RESOLVED\"}} | state",
					"{\"by\": \"a\", \"filter\": {}, \"limit\": 1001} | limit", "{ | body", "[] | body" })
	void namesTheFieldThatIsNotAsExpected(String body, String field) throws Exception {
		HttpResponse<String> refused = post("/park", body);

		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
		assertThat(json(refused).at("/errors/0/field").asString()).isEqualTo(field);
	}

	@Test
	void pausesAndResumesTheConsumption() throws Exception {
		assertThat(json(get("/consumption")).path("paused").asBoolean()).isFalse();
		try {
			JsonNode paused = json(post("/consumption/pause", """
					{"by": "alice", "why": "before a repair"}"""));
			assertThat(paused.path("changed").asBoolean()).isTrue();
			JsonNode again = json(post("/consumption/pause", """
					{"by": "bob", "why": "another reason"}"""));

			assertThat(again.path("changed").asBoolean()).isFalse();
			assertThat(again.path("by").asString()).isEqualTo("alice");
			JsonNode shown = json(get("/consumption"));
			assertThat(shown.path("paused").asBoolean()).isTrue();
			assertThat(shown.path("reason").asString()).isEqualTo("before a repair");
			assertThat(shown.path("since").asString()).isEqualTo(paused.path("since").asString());
		}
		finally {
			JsonNode resumed = json(post("/consumption/resume", """
					{"by": "bob", "why": "repaired"}"""));
			assertThat(resumed.path("changed").asBoolean()).isTrue();
			assertThat(resumed.path("paused").asBoolean()).isFalse();
		}
		assertThat(this.jdbc.sql("""
				select operator || ' ' || action || ' ' || outcome
				from operator_audit
				where action in ('PAUSE', 'RESUME_CONSUMPTION')
				order by id""").query(String.class).list()).endsWith("alice PAUSE before a repair",
				"bob RESUME_CONSUMPTION repaired");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "{} | by", "{\"by\": \"a\"} | why",
			"{\"by\": \" \", \"why\": \"x\"} | by", "{\"by\": \"a\", \"why\": \"\\u0000\"} | why" })
	void namesWhatAPauseLacks(String body, String field) throws Exception {
		HttpResponse<String> refused = post("/consumption/pause", body);

		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
		assertThat(json(refused).at("/errors/0/field").asString()).isEqualTo(field);
		assertThat(json(get("/consumption")).path("paused").asBoolean()).isFalse();
	}

	@Test
	void failsOnNoFuzzedRequest() throws Exception {
		Random random = new Random(17);
		List<String> names = List.of("state", "topic", "type", "key", "handler", "reason", "olderThan", "newerThan",
				"limit", "cursor", "unknown");
		List<String> values = List.of("", "OPEN", "%00", "%FF", "%F0%9F%98%80", "x".repeat(3000), "-1", "0", "1",
				"PT1H", "9223372036854775808", "%27%3B--", "null", "[]");
		List<String> json = List.of("null", "{}", "[]", "[1]", "1", "-1", "1e400", "\"x\"", "\"\\u0000\"", "true",
				"{\"key\": \"\\ud800\"}", "{\"reason\": 1}", "9223372036854775808", "\"" + "y".repeat(3000) + "\"");
		for (int i = 0; i < 500; i++) {
			String path = pick(random, List.of("", "/count", "/outbox", "/1", "/x")) + "?" + pick(random, names) + "="
					+ pick(random, values) + "&" + pick(random, names) + "=" + pick(random, values);
			assertThat(get(path).statusCode()).as(path).isLessThan(500);
			String body = "{\"by\": %s, \"ids\": %s, \"filter\": %s, \"after\": %s, \"upTo\": %s, \"limit\": %s, \"confirm\": %s}"
				.formatted(pick(random, json), pick(random, json), pick(random, json), pick(random, json),
						pick(random, json), pick(random, json), pick(random, json));
			String action = pick(random, List.of("/park", "/resume", "/purge", "/redrive", "/outbox/1/release", "/list",
					"/consumption/resume"));
			assertThat(post(action, body).statusCode()).as(action + body).isLessThan(500);
		}
	}

	private static String pick(Random random, List<String> values) {
		return values.get(random.nextInt(values.size()));
	}

	private long store(ProducerRecord<byte[], byte[]> record, String topic) {
		this.transaction.executeWithoutResult((status) -> this.deadLetters.store(SERVICE,
				List.of(new DeadLetter(
						polled(new ProducerRecord<>(topic, 0, record.key(), record.value(), record.headers()), 1),
						"as the test says", 1))));
		return idOf(text(record.key()));
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(authorized(path).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return this.http.send(authorized(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder authorized(String path) {
		return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer a-test-token");
	}

	private URI uri(String path) {
		return URI.create("http://localhost:%d/actuator/deadletters%s".formatted(this.managementPort, path));
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

}
