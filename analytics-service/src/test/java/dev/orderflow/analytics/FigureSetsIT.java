package dev.orderflow.analytics;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.orderflow.analytics.FigureSets.State;
import dev.orderflow.outage.UnavailableException;
import dev.orderflow.test.consumer.ConsumerTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: a set of figures is built, serves, stands by and is dropped, and one of the two
 * serves at any time. Method: on the real table, in transactions that are rolled back.
 */
@ConsumerTest
class FigureSetsIT {

	private static final Instant HOUR = Instant.parse("2021-12-01T11:00:00Z");

	@Autowired
	FigureSets figureSets;

	@Autowired
	TransactionTemplate transaction;

	@Test
	void aBuiltSetServesAndTheOtherOneStandsByUntilItServesAgain() {
		rolledBack(() -> {
			assertThat(this.figureSets.begin(HOUR)).contains(new Rebuild(FigureSet.B, 1, HOUR));
			assertThat(this.figureSets.keep()).containsExactly(FigureSet.A);

			assertThat(this.figureSets.serve(State.BUILDING)).isTrue();
			assertThat(states()).containsExactly(State.STANDBY, State.SERVING);
			assertThat(this.figureSets.keep()).containsExactly(FigureSet.A, FigureSet.B);

			assertThat(this.figureSets.serve(State.STANDBY)).isTrue();
			assertThat(states()).containsExactly(State.SERVING, State.STANDBY);
		});
	}

	@Test
	void nothingServesInsteadIfNothingStandsByOrIsBuilt() {
		rolledBack(() -> {
			assertThat(this.figureSets.serve(State.STANDBY)).isFalse();
			assertThat(this.figureSets.serve(State.BUILDING)).isFalse();
			assertThat(this.figureSets.drop()).isEmpty();
			assertThat(states()).containsExactly(State.SERVING, State.EMPTY);
		});
	}

	@Test
	void aRebuildThatWasDroppedCountsNoMoreAndTheNextOneHasAnotherNumber() {
		rolledBack(() -> {
			Rebuild dropped = this.figureSets.begin(null).orElseThrow();
			this.figureSets.requireBuilding(dropped);
			assertThat(this.figureSets.begin(null)).as("a second one beside it").isEmpty();

			assertThat(this.figureSets.drop()).contains(FigureSet.B);
			assertThatExceptionOfType(UnavailableException.class)
				.isThrownBy(() -> this.figureSets.requireBuilding(dropped));

			Optional<Rebuild> next = this.figureSets.begin(null);
			assertThat(next).contains(new Rebuild(FigureSet.B, 2, null));
			assertThatExceptionOfType(UnavailableException.class)
				.isThrownBy(() -> this.figureSets.requireBuilding(dropped));
		});
	}

	private List<State> states() {
		return this.figureSets.all().stream().map(FigureSets.Entry::state).toList();
	}

	private void rolledBack(Runnable test) {
		this.transaction.executeWithoutResult((status) -> {
			test.run();
			status.setRollbackOnly();
		});
	}

}
