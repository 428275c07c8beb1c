package dev.orderflow.scaling;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arrivals from CSV and from Prometheus, as the command plays them. A server of HTTP on
 * the loopback address answers like Prometheus.
 */
class ArrivalsTests {

	private static final String SERIES = """
			{"status":"success","data":{"resultType":"matrix","result":[%s]}}""";

	private static final String FROM = "2026-11-30T12:00:00Z";

	private static final long FROM_SECOND = 1_796_040_000;

	@TempDir
	private Path directory;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private final List<URI> requests = new ArrayList<>();

	private HttpServer prometheus = server();

	private String answer = "";

	private int status = 200;

	private HttpServer server() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				this.requests.add(exchange.getRequestURI());
				byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(this.status, body.length);
				exchange.getResponseBody().write(body);
				exchange.close();
			});
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@BeforeEach
	void start() {
		this.prometheus.start();
	}

	@AfterEach
	void stop() {
		this.prometheus.stop(0);
	}

	private int run(String... options) {
		CommandLine commandLine = Simulate.commandLine();
		commandLine.setOut(new PrintWriter(this.out));
		commandLine.setErr(new PrintWriter(this.err));
		this.out.getBuffer().setLength(0);
		this.err.getBuffer().setLength(0);
		List<String> arguments = new ArrayList<>(
				List.of(Rendered.KIND.toString(), "--service", "inventory-service", "--csv"));
		arguments.addAll(List.of(options));
		return commandLine.execute(arguments.toArray(String[]::new));
	}

	/** Second and arrivals of each line in which something arrived. */
	private List<String> played() {
		return this.out.toString()
			.lines()
			.skip(1)
			.map((line) -> String.join(" ", List.of(line.split(",")).subList(0, 2)))
			.filter((line) -> !line.endsWith(" 0.0"))
			.toList();
	}

	private Path csv(String... lines) {
		try {
			return Files.writeString(this.directory.resolve("orders.csv"), String.join("\n", lines));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String complaintAbout(String... lines) {
		assertThat(run("--arrivals", csv(lines).toString())).isEqualTo(2);
		String first = this.err.toString().lines().findFirst().orElseThrow();
		return first.substring(first.indexOf("orders.csv:") + "orders.csv:".length());
	}

	@Test
	void spreadsALineOverTheSmallestDistance() {
		assertThat(run("--arrivals", csv("second,events", "0,20", "2,40", "8,6").toString())).isZero();
		assertThat(played()).containsExactly("0 10.0", "1 10.0", "2 20.0", "3 20.0", "8 3.0", "9 3.0");
		assertThat(this.out.toString().lines()).as("a header and 10 s").hasSize(11);
	}

	@Test
	void addsLinesOfTheSameSecondInAnyOrder() {
		assertThat(run("--arrivals", csv("\"time\",\"events\"\r", "2026-11-30T13:00:01+01:00,1",
				"2026-11-30 12:00:00+00,5", "2026-11-30T12:00:01.7Z,1", "")
			.toString())).isZero();
		assertThat(played()).containsExactly("0 5.0", "1 2.0");
	}

	@Test
	void reportsTheInvalidLineOfACsvFile() {
		assertThat(complaintAbout("")).isEqualTo("1: expected the header time,events or second,events, found nothing");
		assertThat(complaintAbout("when;orders", "1;2"))
			.isEqualTo("1: expected the header time,events or second,events, found when;orders");
		assertThat(complaintAbout("time,events", "2026-11-30T12:00:00,5"))
			.isEqualTo("2: expected a time with its zone, such as 2026-11-30T12:00:00Z, found 2026-11-30T12:00:00");
		assertThat(complaintAbout("second,events", "1,5", "2,many"))
			.isEqualTo("3: expected a whole number of events, found many");
		assertThat(complaintAbout("second,events", "-1,5")).isEqualTo("2: expected an offset in seconds, found -1");
		assertThat(complaintAbout("second,events", "1,5,7"))
			.isEqualTo("2: expected two cells, as in the header, found 3");
		assertThat(complaintAbout("second,events", "1,5", "86400,1"))
			.isEqualTo("3: expected lines within a day, found 86400");
		assertThat(complaintAbout("second,events")).isEqualTo("1: expected at least one line of arrivals, found none");
	}

	@Test
	void summarisesTrafficThatChangesEachSecond() {
		String[] lines = Stream
			.concat(Stream.of("second,events"), IntStream.range(0, 1000).mapToObj((i) -> i + "," + (i % 7)))
			.toArray(String[]::new);
		assertThat(Simulate.commandLine()
			.setOut(new PrintWriter(this.out))
			.execute(Rendered.KIND.toString(), "--service", "inventory-service", "--arrivals", csv(lines).toString()))
			.isZero();
		assertThat(this.out.toString()).contains("Late events", "of 2997");
		assertThat(this.out.toString().lines()).hasSizeLessThan(30);
	}

	private String[] query(String to) {
		return new String[] { "--prometheus", "http://localhost:" + this.prometheus.getAddress().getPort() + "/",
				"--query", "sum(rate(orders_total[1m]))", "--from", FROM, "--to", to };
	}

	private static String series(String... values) {
		return IntStream.range(0, values.length)
			.filter((i) -> !values[i].isEmpty())
			.mapToObj((i) -> "[%d,\"%s\"]".formatted(FROM_SECOND + 15 * i, values[i]))
			.collect(Collectors.joining(",", "{\"metric\":{},\"values\":[", "]}"));
	}

	private String complaintAbout(int status, String answer) {
		this.status = status;
		this.answer = answer;
		assertThat(run(query("2026-11-30T12:00:40Z"))).isEqualTo(2);
		String first = this.err.toString().lines().findFirst().orElseThrow();
		return first.substring(first.indexOf("expected"));
	}

	@Test
	void playsTheRatesOfPrometheus() {
		this.answer = SERIES.formatted(series("2.5", "0", "4"));
		assertThat(run(query("2026-11-30T12:00:32Z"))).as(this.err.toString()).isZero();
		assertThat(played()).hasSize(15 + 2).contains("0 2.5", "14 2.5", "30 4.0", "31 4.0");
		assertThat(this.requests).singleElement()
			.extracting(URI::toString)
			.isEqualTo("/api/v1/query_range?query=sum%28rate%28orders_total%5B1m%5D%29%29"
					+ "&start=2026-11-30T12:00:00Z&end=2026-11-30T12:00:31Z&step=15");
	}

	@Test
	void saysWhatPrometheusShouldHaveAnswered() {
		assertThat(complaintAbout(400, "{\"status\":\"error\",\"error\":\"parse error\"}"))
			.isEqualTo("expected a result, found status 400: parse error");
		assertThat(complaintAbout(502, "<html>")).isEqualTo("expected JSON, found status 502 and other text");
		assertThat(complaintAbout(200, SERIES.formatted("")))
			.isEqualTo("expected one series, for example of sum(...), found 0 of sum(rate(orders_total[1m]))");
		assertThat(complaintAbout(200, SERIES.formatted(series("1") + "," + series("1")))).contains("found 2 of sum");
		assertThat(complaintAbout(200, SERIES.formatted(series("1", "", "3")))).isEqualTo(
				"expected a value every 15 s, or a query with 'or vector(0)', found none at 2026-11-30T12:00:15Z");
		assertThat(complaintAbout(200, SERIES.formatted(series("NaN", "2", "3"))))
			.isEqualTo("expected a rate of 0 or more, found NaN at 2026-11-30T12:00:00Z");
		assertThat(complaintAbout(200, "x".repeat(2_000_000)))
			.startsWith("expected an answer of less than 1048576 bytes");
	}

	@Test
	void saysThatPrometheusIsNotThere() {
		this.prometheus.stop(0);
		assertThat(run(query("2026-11-30T12:00:40Z"))).isEqualTo(2);
		assertThat(this.err.toString()).contains("expected an answer", "ConnectException");
	}

	@Test
	void boundsTheTimeOfAQuery() {
		assertThat(run(query("2026-12-01T12:00:01Z"))).isEqualTo(2);
		assertThat(this.err.toString()).contains("Expected --to after --from, by at most a day");
		assertThat(run(query(FROM))).isEqualTo(2);
		assertThat(run("--query", "up")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Expected --prometheus, --query, --from and --to together");
		assertThat(run("--arrivals", csv("second,events", "1,5").toString(), "--query", "up")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--arrivals excludes --prometheus");
	}

}
