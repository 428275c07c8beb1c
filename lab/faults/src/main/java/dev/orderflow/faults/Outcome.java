package dev.orderflow.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.orderflow.audit.Progress;

/**
 * What became of a fault.
 *
 * @param lasted from the injection to the end of the fault
 * @param recovery how long the system needed after it; empty if it did not recover in
 * time
 * @param missing what it lacked if it did not recover
 * @param lagMax the most records that waited for each consumer while the fault lasted
 */
record Outcome(PlannedFault fault, Duration lasted, Optional<Duration> recovery, List<String> missing,
		Map<String, Long> lagMax) {

	String line() {
		String lag = this.lagMax.entrySet()
			.stream()
			.map((consumer) -> "%s %d".formatted(consumer.getKey().replace("-service", ""), consumer.getValue()))
			.collect(Collectors.joining(", "));
		return "%-40s for %6s s   %s   lag %s".formatted(this.fault, Progress.seconds(this.lasted),
				this.recovery.map((time) -> "recovered after %6s s".formatted(Progress.seconds(time)))
					.orElseGet(() -> "NOT RECOVERED: " + String.join(", ", this.missing)),
				lag);
	}

}
