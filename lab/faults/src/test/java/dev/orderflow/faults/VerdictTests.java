package dev.orderflow.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orderflow.audit.Check;
import dev.orderflow.audit.Reconciliation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTests {

	private static final Check GOOD = new Check("orders stored, of those accepted", "2", "2", true, List.of());

	private static final Check BAD = new Check("orders on the topic", "2", "1", false, List.of("missing 17"));

	private static final Outcome RECOVERED = outcome(Optional.of(Duration.ofSeconds(4)));

	@Test
	void holdsIfAllAddsUpAndTheSystemRecovered() {
		Verdict verdict = verdict(Map.of(), true, List.of(RECOVERED), GOOD);

		assertThat(verdict.holds()).isTrue();
		assertThat(verdict.text()).contains("0 lost, 0 doubled, 0 reordered", "All adds up")
			.containsPattern("kill +1 +2.0 +4.0 +4.0 +0");
	}

	@Test
	void doesNotHoldWithoutProof() {
		assertThat(verdict(Map.of(), true, List.of(), GOOD).holds()).as("no fault").isFalse();
		assertThat(verdict(Map.of(), false, List.of(RECOVERED), GOOD).holds()).as("events left").isFalse();
		assertThat(verdict(Map.of("order: status 500", 1L), true, List.of(RECOVERED), GOOD).holds()).as("no answer")
			.isFalse();
		assertThat(new Verdict(7, 0, Map.of(), 0, true, List.of(RECOVERED), new Reconciliation(List.of(GOOD))).holds())
			.as("no order")
			.isFalse();
	}

	@Test
	void namesWhatDoesNotAddUp() {
		Verdict verdict = verdict(Map.of(), true, List.of(RECOVERED, outcome(Optional.empty())), BAD);

		assertThat(verdict.holds()).isFalse();
		assertThat(verdict.text()).contains("FAILED CHECKS: orders on the topic", "missing 17", "not recovered from 1")
			.doesNotContain("0 lost", "All adds up");
	}

	private static Outcome outcome(Optional<Duration> recovery) {
		Fault fault = Fault.of("kill", List.of("a"), 1, 2, (subject, random) -> Fault.Mend.NOTHING);
		return new Outcome(new PlannedFault(fault, "a", Duration.ZERO, Duration.ofSeconds(2)), Duration.ofSeconds(2),
				recovery, List.of(), Map.of());
	}

	private static Verdict verdict(Map<String, Long> unanswered, boolean drained, List<Outcome> outcomes, Check check) {
		return new Verdict(7, 2, unanswered, 0, drained, outcomes, new Reconciliation(List.of(check)));
	}

}
