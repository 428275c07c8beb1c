package dev.orderflow.scaling.tuning;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orderflow.scaling.Measured;
import dev.orderflow.scaling.lint.Facts;
import dev.orderflow.scaling.lint.Lint;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.simulation.Replica;
import dev.orderflow.scaling.simulation.Scenario;
import dev.orderflow.scaling.simulation.Scenarios;
import dev.orderflow.scaling.tuning.Search.Candidate;
import dev.orderflow.scaling.tuning.Search.Traffic;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a search tries, and which policies it keeps. */
class SearchTests {

	private static final Path KIND = Path.of("../../k8s/rendered/kind.yaml");

	private static final Map<String, Object> INVENTORY = Manifests.document(KIND, "inventory-service").orElseThrow();

	/** Never reached, however slow the machine is. */
	private static final Duration LIMIT = Duration.ofHours(1);

	private static Search search() {
		return search(Scenarios.named("steady").orElseThrow());
	}

	private static Search search(Scenario scenario) {
		Map<String, Replica> measured = Measured.load().services();
		return new Search(INVENTORY, measured.get("inventory-service"), Traffic.of(List.of(scenario), null),
				new Lint(Facts.ofProject(measured)));
	}

	private static Score score(long replicaSeconds, long late) {
		return new Score(List.of(new Score.Part("x", replicaSeconds, late, 100)));
	}

	@Test
	void keepsPoliciesThatNoOtherBeatsInBoth() {
		List<Candidate> front = search().run(48, LIMIT, (tried, best) -> {
		});
		assertThat(front).hasSizeGreaterThan(1);
		assertThat(front).extracting((one) -> one.score().replicaSeconds()).isSorted().doesNotHaveDuplicates();
		List<Long> late = new ArrayList<>(front.stream().map((one) -> one.score().late()).toList());
		assertThat(late.reversed()).isSorted();
	}

	@Test
	void findsTheSameEachTimeAndReportsProgress() {
		List<Integer> progress = new ArrayList<>();
		List<Candidate> once = search().run(20, LIMIT, (tried, best) -> progress.add(tried));
		assertThat(once).isEqualTo(search().run(20, LIMIT, (tried, best) -> {
		}));
		assertThat(progress).containsExactly(16, 20);
	}

	@Test
	void endsAfterTheRoundInWhichItsTimePasses() {
		Search search = search();
		search.run(48, Duration.ofNanos(1), (tried, best) -> {
		});
		assertThat(search.tried()).isBetween(0, 16);
	}

	@Test
	void beginsWithTheValuesOfTheScaledObject() {
		List<Candidate> first = search().run(1, LIMIT, (tried, best) -> {
		});
		assertThat(first).singleElement()
			.isEqualTo(new Candidate(new Policy(5000, 4, 1800, 1, 900, 0), search().shipped()));
	}

	@Test
	void triesNoPolicyWithATrap() {
		Scenario steady = Scenarios.named("steady").orElseThrow();
		Search search = search(new Scenario("brief", "its first minute", steady.baseLoad(), steady.stretches(), 60, 0));
		search.run(300, LIMIT, (tried, best) -> {
		});
		assertThat(search.policies()).hasSize(300)
			.filteredOn((policy) -> policy.replicasMin() == 0)
			.isNotEmpty()
			.allSatisfy((policy) -> assertThat((long) policy.cooldownSeconds()).as("time to drain")
				.isGreaterThanOrEqualTo(18 + 12 * policy.lagThreshold() / 1000));
	}

	@Test
	void simulatesThePatchThatItPrints() {
		Policy policy = new Policy(3000, 11, 300, 2, 600, 1);
		ScaledObject before = Manifests.scaledObject(INVENTORY);
		ScaledObject after = policy.on(INVENTORY);
		assertThat(search().patch(policy)).contains("lagThreshold: 1000 records/s of one pod x 3.0 s",
				"cooldownPeriod: 600 # no effect: never to zero", "# 1, 12 pods at successive syncs",
				"at most 12 attempts", "from 12 pods to one in 6 min", "lagThreshold: \"3000\"");
		assertThat(after.spec().triggers()).hasSameSizeAs(before.spec().triggers())
			.allSatisfy((trigger) -> assertThat(((KafkaSource) trigger.source()).lagThreshold()).isEqualTo(3000));
		assertThat(after.spec().minReplicaCount()).isOne();
		assertThat(after.spec().cooldownPeriod()).hasSeconds(600);
		assertThat(after.spec().advanced().behavior()).isNotNull().satisfies((behavior) -> {
			assertThat(behavior.scaleDown()).hasFieldOrPropertyWithValue("stabilizationWindowSeconds", 300);
			assertThat(behavior.scaleUp()).as("stays")
				.hasFieldOrPropertyWithValue("tolerance", before.spec().advanced().behavior().scaleUp().tolerance());
		});
		assertThat(after.spec().fallback()).as("stays").isEqualTo(before.spec().fallback());
		assertThat(after.spec().maxReplicaCount()).as("stays").isEqualTo(before.spec().maxReplicaCount());
	}

	@Test
	void weighsReplicaSecondsAgainstLateEvents() {
		Score.Weights weights = new Score.Weights(2, 0.5);
		assertThat(score(10, 4).cost(weights)).isEqualTo(22);
		assertThat(score(10, 4).dominates(score(10, 4))).isFalse();
		assertThat(score(10, 4).dominates(score(10, 5))).isTrue();
		assertThat(score(10, 4).dominates(score(9, 5))).isFalse();
		assertThat(score(11, 4).worst(score(22, 8), weights)).isEqualTo(new Score.Worst("x", 0.5));
	}

}
