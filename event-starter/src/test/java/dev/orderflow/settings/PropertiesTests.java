package dev.orderflow.settings;

import dev.orderflow.deadletter.DeadLetterProperties;
import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.inbox.InboxProperties;
import dev.orderflow.operator.OperatorProperties;
import dev.orderflow.outbox.OutboxProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class PropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(Settings.class)
		.withPropertyValues("orderflow.outbox.source=/test");

	@ParameterizedTest
	@CsvSource({ "orderflow.inbox.records-max, 0", "orderflow.inbox.records-max, 5001", "orderflow.inbox.work-max, 0",
			"orderflow.inbox.attempts-max, 0", "orderflow.inbox.attempts-max, 21",
			"orderflow.inbox.processing-max, 999ms", "orderflow.inbox.processing-max, 61m",
			"orderflow.inbox.marker-retention, 47h", "orderflow.inbox.ahead-max, 13h",
			"orderflow.inbox.bytes-max, 63KB", "orderflow.inbox.bytes-max, 65MB",
			"orderflow.inbox.retention-batch-size, 0", "orderflow.inbox.retention-initial-delay, 25h",
			"orderflow.inbox.retention-interval, 999ms", "orderflow.inbox.topic-check-interval, 99ms",
			"orderflow.inbox.backoff.initial, 0ms", "orderflow.inbox.backoff.max, 11m",
			"orderflow.outbox.poll-interval, 9ms", "orderflow.outbox.poll-interval, 61s",
			"orderflow.outbox.batch-size-max, 10001", "orderflow.outbox.rows-in-flight-max, 0",
			"orderflow.outbox.bytes-in-flight-max, 17MB", "orderflow.outbox.answer-timeout, 999ms",
			"orderflow.outbox.backoff.initial, 2m", "orderflow.gauges.interval, 9ms", "orderflow.gauges.interval, 61s",
			"orderflow.dead-letters.redrives-max, 0", "orderflow.dead-letters.retention, 14d",
			"orderflow.dead-letters.audit-retention, 14d", "orderflow.dead-letters.retention-batch-size, 10001",
			"orderflow.dead-letters.retention-interval, 999ms", "orderflow.dead-letters.retention-initial-delay, 25h",
			"orderflow.operator.token, short" })
	void failsTheStartNamingThePropertyThatIsOutOfBounds(String property, String value) {
		this.context.withPropertyValues(property + "=" + value).run((started) -> {
			assertThat(started).hasFailed();
			assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContaining(" is out of range: expected ")
				.hasMessageContaining(property.replaceFirst(".*(?=backoff)", ""))
				.hasMessageContaining(", found ");
		});
	}

	@Test
	void failsTheStartWithoutASource() {
		new ApplicationContextRunner().withUserConfiguration(Settings.class).run((started) -> {
			assertThat(started).hasFailed();
			assertThat(started.getStartupFailure()).rootCause().hasMessageContaining("orderflow.outbox.source");
		});
	}

	@Test
	void startsWithTheDefaults() {
		this.context.run((started) -> assertThat(started).hasNotFailed()
			.hasSingleBean(InboxProperties.class)
			.hasSingleBean(OutboxProperties.class));
	}

	@EnableConfigurationProperties({ InboxProperties.class, OutboxProperties.class, GaugeProperties.class,
			DeadLetterProperties.class, OperatorProperties.class })
	static class Settings {

	}

}
