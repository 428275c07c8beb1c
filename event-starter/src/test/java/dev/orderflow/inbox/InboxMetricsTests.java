package dev.orderflow.inbox;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboxMetricsTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final InboxMetrics metrics = new InboxMetrics(this.registry, Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void countsExactlyHowManyEventsWereVisibleInTime() {
		this.metrics.applied(Stream.of("5s", "5.001s", "15s", "15.001s").map(InboxMetricsTests::anEventOfAge).toList());

		assertThat(this.registry.scrape()).contains("inbox_event_age_seconds_bucket{le=\"5.0\"} 1\n")
			.contains("inbox_event_age_seconds_bucket{le=\"15.0\"} 3\n");
	}

	@Test
	void hasFortyToEightyBuckets() {
		this.metrics.applied(List.of(anEventOfAge("1s")));

		assertThat(this.registry.scrape().lines().filter((line) -> line.startsWith("inbox_event_age_seconds_bucket")))
			.hasSizeBetween(40, 80);
	}

	@Test
	void hasAllReasonsFromTheStart() {
		assertThat(this.registry.scrape()).contains("inbox_retries_total{reason=\"outage\"} 0.0")
			.contains("inbox_retries_total{reason=\"contention\"} 0.0")
			.contains("inbox_retries_total{reason=\"defect\"} 0.0")
			.contains("inbox_retries_total{reason=\"permanent-defect\"} 0.0");
	}

	private static ReceivedEvent<String> anEventOfAge(String age) {
		Instant time = NOW.minus(Duration.parse("PT" + age));
		URI source = URI.create("/test");
		return new ReceivedEvent<>("id", source, "test", time, null, 0, "data",
				CloudEventBuilder.v1().withId("id").withSource(source).withType("test").build());
	}

}
