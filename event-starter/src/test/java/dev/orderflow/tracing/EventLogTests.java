package dev.orderflow.tracing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class EventLogTests {

	@Test
	void namesTheEventForAsLongAsTheStepRuns() {
		EventLog.within("event-1", "story-1", () -> assertThat(MDC.getCopyOfContextMap())
			.containsExactlyInAnyOrderEntriesOf(Map.of("eventId", "event-1", "correlationId", "story-1")));

		EventLog.within("event-2", null,
				() -> assertThat(MDC.getCopyOfContextMap()).containsExactly(Map.entry("eventId", "event-2")));
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void logsAProducersAttributesAsOneBoundedLine() {
		Headers headers = new RecordHeaders().add("ce_id", bytes("1\r\n2026 INFO forged\u2028"))
			.add("ce_type", bytes("x".repeat(1000)))
			.add("ce_correlationid", null);

		assertThat(EventLog.attribute(headers, "id")).isEqualTo("1??2026 INFO forged?");
		assertThat(EventLog.attribute(headers, "type")).hasSize(100);
		assertThat(EventLog.attribute(headers, "correlationid")).isNull();
		assertThat(EventLog.attribute(headers, "source")).isNull();
	}

	@Test
	void isInALogLineOfTextIfKnown() throws IOException {
		assertThat(format(Map.of("eventId", "event-1"))).isEqualTo("[eventId=event-1] decided");
		assertThat(format(Map.of())).isEqualTo("decided");
	}

	private static String format(Map<String, String> known) throws IOException {
		PropertySource<?> settings = new YamlPropertySourceLoader()
			.load("settings", new ClassPathResource("service-starter.yml"))
			.getFirst();
		LoggerContext context = new LoggerContext();
		PatternLayout layout = new PatternLayout();
		layout.setContext(context);
		layout.setPattern(settings.getProperty("logging.pattern.correlation") + "%msg");
		layout.start();
		LoggingEvent event = new LoggingEvent("", context.getLogger("test"), Level.INFO, "decided", null, null);
		event.setMDCPropertyMap(known);
		return layout.doLayout(event);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
