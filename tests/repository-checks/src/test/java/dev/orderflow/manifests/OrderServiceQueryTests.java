package dev.orderflow.manifests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import dev.orderflow.scaling.manifest.PrometheusSource;
import dev.orderflow.scaling.manifest.ScaledObject;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Goal: the query of order-service's trigger returns 0 while a pod is up without
 * requests, the rate of requests otherwise, and nothing if no pod is up. Method: promtool
 * evaluates the query of the rendered overlays on series of each state.
 */
class OrderServiceQueryTests {

	private static final int PROMTOOL_SECONDS_MAX = 60;

	private static final String UP = "up{service=\"order-service\",instance=\"a\"}";

	private static final String REQUESTS = "http_server_requests_seconds_count{service=\"order-service\",uri=\"/orders\"}";

	@TempDir
	private Path directory;

	@ParameterizedTest(name = "{0}: {3}")
	@CsvSource({ "no series at all, _x20, _x20, ", "up but not one request, 1x20, _x20, 0",
			"up and 20 requests a second, 1x20, 0+300x20, 20", "up again after a stop, 0x10 1x10, 0+300x10 _x10, 0",
			"down, 0x20, _x20, ", "gone for longer than a minute, 1x5 stale, 0+300x5 stale, " })
	void answers(String state, String up, String requests, String expected) throws Exception {
		assumeThat(RenderedTests.onPath("promtool")).as("promtool is not on the PATH: the query is not checked")
			.isTrue();
		for (Overlay overlay : Overlay.values()) {
			ScaledObject object = Manifests.parse(overlay.yaml()).scaledObject("order-service").orElseThrow();
			String query = ((PrometheusSource) object.spec().triggers().getFirst().source()).query();
			Path test = Files.writeString(this.directory.resolve("test.yml"),
					test(query, up, requests, (expected != null) ? "[{value: " + expected + "}]" : "[]"));
			Path output = this.directory.resolve("output");
			Process process = new ProcessBuilder("promtool", "test", "rules", test.toString()).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();

			assertThat(process.waitFor(PROMTOOL_SECONDS_MAX, TimeUnit.SECONDS)).as("ended in time").isTrue();
			assertThat(process.exitValue()).as(state + ": " + Files.readString(output)).isZero();
		}
	}

	/* Five minutes of scrapes 15 s apart. */
	private static String test(String query, String up, String requests, String samples) {
		return """
				tests:
				  - interval: 15s
				    input_series:
				      - { series: '%s', values: '%s' }
				      - { series: '%s', values: '%s' }
				    promql_expr_test:
				      - expr: '%s'
				        eval_time: 5m
				        exp_samples: %s
				""".formatted(UP, up, REQUESTS, requests, query, samples);
	}

}
