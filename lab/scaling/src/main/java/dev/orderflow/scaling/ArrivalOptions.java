package dev.orderflow.scaling;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import dev.orderflow.scaling.simulation.ArrivalsFile;
import dev.orderflow.scaling.simulation.PrometheusArrivals;
import dev.orderflow.scaling.simulation.Recording;
import dev.orderflow.scaling.simulation.RecordingFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for recorded arrivals, from a file or from Prometheus. */
final class ArrivalOptions {

	@Option(names = "--arrivals", paramLabel = "FILE",
			description = "Recorded arrivals: CSV if the name ends with .csv, otherwise YAML, in the formats below.")
	private @Nullable Path file;

	@Option(names = "--prometheus", paramLabel = "URL",
			description = "Arrivals from Prometheus, for example http://localhost:9090. With --query, --from and --to.")
	private @Nullable URI server;

	@Option(names = "--query", paramLabel = "PROMQL",
			description = "One series with a rate per second. A gap in it is an error.")
	private @Nullable String query;

	@Option(names = "--from", paramLabel = "TIME", description = "First time, such as 2026-11-30T12:00:00Z.")
	private @Nullable Instant from;

	@Option(names = "--to", paramLabel = "TIME", description = "End of the time, at most a day after --from.")
	private @Nullable Instant to;

	/**
	 * The recorded arrivals, if an option asks for them.
	 * @throws IllegalArgumentException with what was expected and what was found
	 */
	Optional<Recording> read() {
		boolean partOfQuery = this.query != null || this.from != null || this.to != null;
		if (this.file != null) {
			require(this.server == null && !partOfQuery, "--arrivals excludes --prometheus, --query, --from and --to");
			return Optional.of(recording(this.file));
		}
		if (this.server != null && this.query != null && this.from != null && this.to != null) {
			return Optional.of(PrometheusArrivals.read(this.server, this.query, this.from, this.to));
		}
		require(this.server == null && !partOfQuery, "Expected --prometheus, --query, --from and --to together");
		return Optional.empty();
	}

	private static Recording recording(Path file) {
		require(Files.isRegularFile(file),
				"No file %s: --arrivals expects a CSV or YAML file of arrivals".formatted(file));
		return file.toString().endsWith(".csv") ? ArrivalsFile.read(file) : RecordingFile.read(file);
	}

	private static void require(boolean holds, String message) {
		if (!holds) {
			throw new IllegalArgumentException(message);
		}
	}

}
