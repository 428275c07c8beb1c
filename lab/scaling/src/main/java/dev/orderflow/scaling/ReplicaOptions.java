package dev.orderflow.scaling;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orderflow.scaling.simulation.Recording;
import dev.orderflow.scaling.simulation.Replica;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the capacity of one replica, instead of {@code measured.yaml}. */
final class ReplicaOptions {

	@Option(names = "--start", paramLabel = "SECONDS",
			description = "Time from a pod's creation to its readiness. Default: measured.yaml.")
	private @Nullable Integer startSeconds;

	@Option(names = "--per-second", paramLabel = "N", description = "Rate of one replica. Default: measured.yaml.")
	private @Nullable Integer perSecond;

	/**
	 * The capacity of a service: as given, as recorded, or as measured.
	 * @throws IllegalArgumentException if it is out of range, or nobody measured it
	 */
	Replica of(String service, @Nullable Recording recording) {
		Replica measured = Measured.load().of(service).orElse(null);
		Integer start = first(this.startSeconds, (recording != null) ? recording.startSeconds() : null,
				(measured != null) ? measured.startSeconds() : null);
		Integer speed = first(this.perSecond, (recording != null) ? recording.perSecond() : null,
				(measured != null) ? measured.perSecond() : null);
		if (start == null || speed == null) {
			throw new IllegalArgumentException(
					"No measurement of %s: set --start and --per-second. Measured are: %s".formatted(service,
							Measured.load().services().keySet().stream().sorted().collect(Collectors.joining(", "))));
		}
		return new Replica(start, speed);
	}

	private static @Nullable Integer first(@Nullable Integer... values) {
		return Stream.of(values).filter(Objects::nonNull).findFirst().orElse(null);
	}

}
