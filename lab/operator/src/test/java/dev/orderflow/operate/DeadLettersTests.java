package dev.orderflow.operate;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Output, requests and messages of the command, against a server with prepared answers.
 */
class DeadLettersTests {

	private final Deque<String> answers = new ArrayDeque<>();

	private final List<String> requests = new ArrayList<>();

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private HttpServer server;

	private int status = 200;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.requests.add(
				"%s %s %s %s"
					.formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
							exchange.getRequestHeaders().getFirst("Authorization"), body)
					.strip());
		byte[] answer = this.answers.remove().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(this.status, answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	private int run(String... arguments) {
		return run(Map.of(), "http://localhost:" + this.server.getAddress().getPort(), arguments);
	}

	private int run(Map<String, String> environment, String service, String... arguments) {
		CommandLine commandLine = DeadLetters.commandLine(environment);
		commandLine.setOut(new PrintWriter(this.out));
		commandLine.setErr(new PrintWriter(this.err));
		List<String> all = new ArrayList<>(List.of("--by", "alice", service));
		all.addAll(List.of(arguments));
		return commandLine.execute(all.toArray(String[]::new));
	}

	@Test
	void listsLettersAsATable() {
		this.answers
			.add("""
					{"items": [{"id": 42, "state": "OPEN", "deadAt": "2026-11-29T10:00:00.123Z", "key": "order-1", "type": null,
					"attempts": 4, "redrives": 0, "reason": "broken"}], "nextCursor": 42}""");

		assertThat(run("list", "--state", "OPEN", "--reason", "a b", "--older-than", "2h", "--limit", "1")).isZero();

		assertThat(this.requests).containsExactly(
				"GET /actuator/deadletters?state=OPEN&reason=a+b&olderThan=PT2H&limit=1 Bearer orderflow-demo");
		assertThat(this.out.toString()).isEqualTo("""
				ID  STATE  DEAD SINCE            KEY      TYPE  TRIES  REDRIVES  REASON
				42  OPEN   2026-11-29T10:00:00Z  order-1  -     4      0         broken
				More: --before 42
				""");
	}

	@Test
	void redrivesUntilTheLastLetterAndNoLaterOne() {
		this.answers.add("{\"dryRun\": true, \"letters\": 3, \"lastId\": 9, \"cursor\": null}");
		this.answers.add("{\"dryRun\": false, \"letters\": 2, \"lastId\": null, \"cursor\": 7}");
		this.answers.add("{\"dryRun\": false, \"letters\": 1, \"lastId\": null, \"cursor\": 9}");

		assertThat(run("redrive", "--all")).isZero();

		assertThat(this.requests.get(1)).endsWith("{\"by\":\"alice\",\"filter\":{},\"upTo\":9,\"limit\":1000}");
		assertThat(this.requests.get(2)).endsWith("\"limit\":1000,\"after\":7}");
		assertThat(this.out.toString()).isEqualTo("redrive: 3 letters%n".formatted());
	}

	@Test
	void changesNothingInADryRun() {
		this.answers.add("{\"dryRun\": true, \"letters\": 3, \"lastId\": 9, \"cursor\": null}");

		assertThat(run("park", "--type", "a", "--dry-run")).isZero();

		assertThat(this.requests).singleElement().asString().contains("\"dryRun\":true");
		assertThat(this.out.toString()).isEqualTo("park would change 3 letters%n".formatted());
	}

	@Test
	void purgesOnlyTheNumberThatWasConfirmed() {
		String plan = "{\"dryRun\": true, \"letters\": 3, \"lastId\": 9, \"cursor\": null}";
		this.answers
			.addAll(List.of(plan, plan, plan, "{\"dryRun\": false, \"letters\": 3, \"lastId\": null, \"cursor\": 9}"));

		assertThat(run("purge", "--all")).isEqualTo(1);
		assertThat(run("purge", "--all", "--confirm", "2")).isEqualTo(1);
		assertThat(this.requests).allMatch((request) -> request.contains("dryRun"));
		assertThat(this.err.toString()).contains("add --confirm 3");
		assertThat(run("purge", "--all", "--confirm", "3")).isZero();
		assertThat(this.requests.getLast()).contains("\"confirm\":3");
	}

	@Test
	void releasesParkedRows() {
		this.answers.add("{\"rows\": 2}");

		assertThat(run("outbox", "release", "5")).isZero();

		assertThat(this.requests.getFirst()).startsWith("POST /actuator/deadletters/outbox/5/release");
		assertThat(this.out.toString()).isEqualTo("released: row 5 with its key, 2 rows%n".formatted());
	}

	@Test
	void showsPausesAndResumesTheConsumption() {
		String paused = """
				{"changed": %s, "paused": true, "since": "2026-11-29T10:00:00.123Z", "by": "alice", "reason": "a repair"}""";
		this.answers.add(paused.formatted("false"));
		assertThat(run("consumption", "show")).isZero();
		assertThat(this.out.toString()).isEqualTo("paused since 2026-11-29T10:00:00Z by alice: a repair%n".formatted());

		this.answers.add(paused.formatted("false"));
		assertThat(run("consumption", "pause", "--why", "another")).as("it was paused already").isEqualTo(1);
		assertThat(this.requests.getLast()).startsWith("POST /actuator/deadletters/consumption/pause")
			.endsWith("{\"by\":\"alice\",\"why\":\"another\"}");

		this.answers.add("{\"changed\": true, \"paused\": false}");
		assertThat(run("consumption", "resume", "--why", "repaired")).isZero();
		assertThat(this.out.toString()).endsWith("running%n".formatted());
		assertThat(run("consumption", "resume")).as("without a reason").isEqualTo(2);
	}

	@Test
	void saysWhichLettersAnActionChangesIfNoneMatches() {
		this.answers.add("{\"dryRun\": true, \"letters\": 0, \"lastId\": 0, \"cursor\": null}");

		assertThat(run("redrive", "5")).isEqualTo(1);

		assertThat(this.err.toString()).contains("redrive changes letters in state OPEN");
	}

	@Test
	void asksWhichLettersAreMeant() {
		assertThat(run("redrive")).isEqualTo(2);
		assertThat(run("redrive", "1", "--all")).isEqualTo(2);
		assertThat(run("redrive", "--all", "--rate", "0")).isEqualTo(2);
		assertThat(run("list", "--older-than", "soon")).isEqualTo(2);
		assertThat(this.requests).isEmpty();
	}

	@Test
	void saysWhatTheServiceRefuses() {
		this.status = 400;
		this.answers.add("""
				{"detail": "Invalid fields", "errors": [{"field": "state", "message": "expected OPEN"}]}""");

		assertThat(run("list")).isEqualTo(Endpoint.REFUSED);

		assertThat(this.err.toString()).isEqualToNormalizingNewlines("Invalid fields\n  state: expected OPEN\n");
	}

	@Test
	void sendsTheTokenOfTheDemoToThisMachineOnly() {
		assertThat(run(Map.of(), "http://192.0.2.1:9081", "list")).isEqualTo(Endpoint.REFUSED);

		assertThat(this.err.toString()).contains("ORDERFLOW_OPERATOR_TOKEN");
	}

	@Test
	void namesTheServicesItKnowsAndSaysThatNothingAnswers() {
		assertThat(run(Map.of(), "billing-service", "list")).isEqualTo(2);
		assertThat(this.err.toString()).contains("shipping-service", "or the URL of a management port");
		this.server.stop(0);

		assertThat(run("count")).isEqualTo(Endpoint.UNREACHABLE);
		assertThat(this.err.toString()).contains("No answer from http://localhost:");
	}

}
