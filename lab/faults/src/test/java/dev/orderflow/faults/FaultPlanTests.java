package dev.orderflow.faults;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FaultPlanTests {

	private static final List<Fault> FAULTS = List.of(aFault("kill", List.of("a", "b", "c")),
			aFault("freeze", List.of("a", "b")), aFault("poison", List.of("orders")));

	@Test
	void drawsEachKindOnceBeforeAnyAgainAndItsSubjectsLikewise() {
		Iterator<PlannedFault> plan = FaultPlan.random(FAULTS, 7);
		List<PlannedFault> drawn = Stream.generate(plan::next).limit(18).toList();

		for (int round = 0; round < 18; round += 3) {
			assertThat(drawn.subList(round, round + 3)).extracting((fault) -> fault.fault().name())
				.containsExactlyInAnyOrder("kill", "freeze", "poison");
		}
		Map<String, Long> times = drawn.stream()
			.collect(Collectors.groupingBy(PlannedFault::toString, Collectors.counting()));
		assertThat(times).containsAllEntriesOf(
				Map.of("kill a", 2L, "kill b", 2L, "kill c", 2L, "freeze a", 3L, "freeze b", 3L, "poison orders", 6L));
		assertThat(drawn).allMatch((fault) -> fault.hold().compareTo(Duration.ofSeconds(2)) >= 0
				&& fault.hold().compareTo(Duration.ofSeconds(5)) <= 0);
	}

	@Test
	void theSameSeedGivesTheSamePlanAndAnotherOneAnother() {
		Function<Long, List<String>> plan = (seed) -> Stream.generate(FaultPlan.random(FAULTS, seed)::next)
			.limit(12)
			.map((fault) -> fault + " " + fault.pause() + " " + fault.hold())
			.toList();

		assertThat(plan.apply(7L)).isEqualTo(plan.apply(7L)).isNotEqualTo(plan.apply(8L));
	}

	@Test
	void readsAPlanThatAPersonWrote() {
		assertThat(FaultPlan.of(List.of("freeze:b:180"), FAULTS)).singleElement().satisfies((fault) -> {
			assertThat(fault).hasToString("freeze b");
			assertThat(fault.hold()).isEqualTo(Duration.ofMinutes(3));
		});
	}

	@Test
	void namesWhatAPlanLacks() {
		assertThatIllegalArgumentException().isThrownBy(() -> FaultPlan.of(List.of("freeze:b"), FAULTS))
			.withMessageContaining("expected KIND:SUBJECT:SECONDS");
		assertThatIllegalArgumentException().isThrownBy(() -> FaultPlan.of(List.of("melt:b:1"), FAULTS))
			.withMessage("Unknown fault 'melt': expected one of [kill, freeze, poison]");
		assertThatIllegalArgumentException().isThrownBy(() -> FaultPlan.of(List.of("freeze:c:1"), FAULTS))
			.withMessage("Unknown subject 'c' of freeze: expected one of [a, b]");
	}

	private static Fault aFault(String name, List<String> subjects) {
		return Fault.of(name, subjects, 2, 5, (subject, random) -> Fault.Mend.NOTHING);
	}

}
