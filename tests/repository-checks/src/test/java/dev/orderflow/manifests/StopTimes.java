package dev.orderflow.manifests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service takes to stop after SIGTERM, read from its settings and sources.
 *
 * @param phaseSeconds what Spring allows the consumer, then requests, then the relay
 * @param drainSeconds what open connections have before the requests' phase
 * @param batchSeconds what the consumer's batch has of its phase
 * @param relaySeconds what the relay has of its phase, twice: to end and to be
 * interrupted
 */
public record StopTimes(int phaseSeconds, int drainSeconds, int batchSeconds, int relaySeconds) {

	private static final int PHASES = 3;

	/* Pools, clients and the JVM. */
	private static final int CLOSE_SECONDS = 10;

	/** The times of every service. */
	public static StopTimes ofServices() {
		return new StopTimes(
				seconds("service-starter/src/main/resources/service-starter.yml",
						"timeout-per-shutdown-phase: (\\d+)s"),
				seconds("service-starter/src/main/java/dev/orderflow/shutdown/ShutdownProperties.java",
						"@DefaultValue\\(\"(\\d+)s\"\\) Duration drainMax"),
				seconds("event-starter/src/main/java/dev/orderflow/inbox/InboxAutoConfiguration.java",
						"STOP_MAX = Duration.ofSeconds\\((\\d+)\\)"),
				seconds("event-starter/src/main/java/dev/orderflow/outbox/OutboxRelay.java",
						"STOP_MAX = Duration.ofSeconds\\((\\d+)\\)"));
	}

	/** The least grace period between SIGTERM and SIGKILL. */
	public int graceSeconds() {
		return PHASES * this.phaseSeconds + this.drainSeconds + CLOSE_SECONDS;
	}

	private static int seconds(String file, String pattern) {
		Matcher found = Pattern.compile(pattern).matcher(Overlay.text(file));
		if (!found.find()) {
			throw new IllegalStateException("Expected '%s' in %s".formatted(pattern, file));
		}
		return Integer.parseInt(found.group(1));
	}

}
