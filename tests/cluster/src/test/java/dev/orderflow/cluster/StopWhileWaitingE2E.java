package dev.orderflow.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.orderflow.servers.Ports;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a process that waits for its database ends when it is asked to, not after the ten
 * minutes that it would wait. Method: processes of inventory-service whose database
 * refuses connections get SIGTERM.
 */
class StopWhileWaitingE2E {

	private static final Duration BOUND = Duration.ofMinutes(2);

	/** Well below the grace period of a pod. */
	private static final Duration STOP_MAX = Duration.ofSeconds(20);

	@TempDir
	Path logs;

	@ParameterizedTest
	@ValueSource(strings = { "run", "only" })
	void aProcessThatWaitsForItsDatabaseEndsBySigterm(String migration) {
		try (ServiceProcess service = ServiceProcess.start("inventory-service", this.logs.resolve("service.log"),
				Map.of("orderflow.migration", migration, "spring.datasource.url",
						"jdbc:postgresql://localhost:%d/inventory".formatted(Ports.free())))) {
			service.process().awaitOutput("Retrying in", BOUND);

			service.process().requestStop();

			assertThat(service.process().awaitExit(STOP_MAX)).as("ended by SIGTERM").isEqualTo(128 + 15);
		}
	}

}
