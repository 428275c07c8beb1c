package dev.orderflow.scaling;

import java.util.List;
import java.util.stream.Stream;

import dev.orderflow.events.Topics;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.simulation.Cluster.Clocks;
import dev.orderflow.scaling.simulation.Replica;
import dev.orderflow.scaling.simulation.Run;
import dev.orderflow.scaling.simulation.Scenarios;
import dev.orderflow.scaling.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the consumers' ScaledObjects come to under traffic, whatever the clocks of KEDA
 * and the autoscaler say when the load changes. Bounds are sums of what has to happen,
 * not what happened to come out.
 */
class ConsumerPolicyTests {

	/* Of an event, while there is a replica. */
	private static final int SLO_SECONDS = 5;

	/* A sync of the autoscaler that was just missed. */
	private static final int SYNC = 15;

	/*
	 * The two heartbeats in which a moved partition is not read, and the second that is
	 * cut off on both ends.
	 */
	private static final int MOVE = 6;

	private static final List<Clocks> CLOCKS = List.of(Clocks.TOGETHER, new Clocks(4, 7), new Clocks(2, 14));

	private static final Measured MEASURED = Measured.load();

	private static Replica replica(ScaledObject object) {
		return MEASURED.of(object.name()).orElseThrow();
	}

	private static Stream<Run> runs(String scenario) {
		return Rendered.consumers(Rendered.KIND)
			.stream()
			.flatMap((object) -> CLOCKS.stream()
				.map((clocks) -> Simulation.run(object.spec(), Scenarios.named(scenario).orElseThrow(), replica(object),
						clocks)));
	}

	@Test
	void everyScaledConsumerIsMeasured() {
		assertThat(MEASURED.services()).as("measured.yaml; ConsumerDrain measures")
			.containsKeys(Rendered.consumers(Rendered.KIND).stream().map(ScaledObject::name).toArray(String[]::new));
	}

	/**
	 * Turns: lag tells only what was too few, so that the way down ends with one replica
	 * too few and one up again; more would be to and fro. Rebalances: three steps up and
	 * their stragglers, eleven steps down, and that one.
	 */
	@ParameterizedTest
	@CsvSource({ "steady", "flash-sale", "slow-consumer", "hot-partition", "dependency-down", "broker-down",
			"no-committed-offset" })
	void scalesWithinThePartitionsAndWithoutToAndFro(String scenario) {
		assertThat(runs(scenario)).allSatisfy((run) -> {
			assertThat(run.replicasMax()).isLessThanOrEqualTo(Topics.PARTITIONS);
			assertThat(run.turnsMax()).isLessThanOrEqualTo(1);
			assertThat(run.rebalances()).isLessThanOrEqualTo(2 * 3 + 11 + 2);
		});
	}

	/**
	 * Times what somebody who knows the future would pay. Who does not keeps what it took
	 * to catch up for half an hour and then takes it down one a minute, in scenarios of
	 * two hours with the load of one replica.
	 */
	@ParameterizedTest
	@CsvSource({ "steady, 2.5", "flash-sale, 3.5", "slow-consumer, 2", "hot-partition, 6", "dependency-down, 5.5",
			"broker-down, 5.5", "no-committed-offset, 5" })
	void paysNotMuchMoreThanItHasTo(String scenario, double timesIdeal) {
		assertThat(runs(scenario))
			.allSatisfy((run) -> assertThat(run.replicaSeconds() / (double) run.idealReplicaSeconds())
				.isLessThanOrEqualTo(timesIdeal));
	}

	/**
	 * A poll that was just missed, the start of a pod, and the round in which it takes a
	 * batch from each partition for the first time.
	 */
	@Test
	void wakesAsFastAsAPollAndAStart() {
		for (ScaledObject object : Rendered.consumers(Rendered.KIND)) {
			assertThat(object.spec().pollingInterval()).hasSeconds(5);
			int round = Topics.PARTITIONS * 500 / replica(object).perSecond();
			assertThat(runs("steady")).extracting((run) -> run.peakAgeSeconds(0, 60))
				.allSatisfy(
						(age) -> assertThat(age).isLessThanOrEqualTo(5 + replica(object).startSeconds() + round + 1));
		}
	}

	@Test
	void showsEventsInTimeWhileThereIsAReplica() {
		assertThat(runs("steady"))
			.allSatisfy((run) -> assertThat(run.peakAgeSeconds(60, 3600)).isLessThanOrEqualTo(SLO_SECONDS));
	}

	@Test
	void goesToZeroOnceNothingComesAnyMore() {
		for (ScaledObject object : Rendered.consumers(Rendered.KIND)) {
			int cooldown = Math
				.toIntExact(object.spec().cooldownPeriod().plus(object.spec().pollingInterval()).toSeconds());
			assertThat(runs("steady")).allSatisfy((run) -> {
				assertThat(run.ticks().get(3600 + cooldown + 5).replicas()).isZero();
				assertThat(run.ticks().get(3600 + cooldown / 2).replicas()).as("but not at once").isPositive();
			});
		}
	}

	/**
	 * Six replicas' load with one there: two syncs until eight or more are started, their
	 * start, and what they are behind by then, five replicas' load, at six to spare.
	 */
	@Test
	void catchesUpWithAFlashSaleWhileItLasts() {
		assertThat(runs("flash-sale")).allSatisfy((run) -> {
			int behind = 2 * SYNC + run.replica().startSeconds() + MOVE;
			assertThat(run.peakAgeSeconds(600, 1200)).isLessThanOrEqualTo(behind);
			assertThat(run.drainSeconds(600, SLO_SECONDS)).isLessThanOrEqualTo(3 * behind);
		});
	}

	/**
	 * Ten minutes of 600 a second, at 12 000 less 600: 32 s, after starts that had to
	 * wait.
	 */
	@ParameterizedTest
	@CsvSource({ "dependency-down", "broker-down" })
	void drainsAnOutageOfTenMinutesWithinTwo(String scenario) {
		assertThat(runs(scenario)).allSatisfy((run) -> {
			assertThat(run.ticks().get(1199).replicas()).as("nobody is taken away meanwhile").isPositive();
			assertThat(run.ticks().subList(1320, 1500))
				.allSatisfy((tick) -> assertThat(tick.oldestAgeSeconds()).isLessThanOrEqualTo(SLO_SECONDS));
		});
	}

	/**
	 * A million records at 12 000 a second are 95 s, after the first replica and three
	 * steps.
	 */
	@Test
	void readsTheHistoryOfANewGroupWithAllReplicas() {
		assertThat(runs("no-committed-offset")).allSatisfy((run) -> {
			assertThat(run.replicasMax()).isEqualTo(Topics.PARTITIONS);
			assertThat(run.ticks().subList(240, 600))
				.allSatisfy((tick) -> assertThat(tick.oldestAgeSeconds()).isLessThanOrEqualTo(SLO_SECONDS));
		});
	}

	/**
	 * A fifth of the speed is three replicas' load. The threshold is as many records as
	 * before, now 25 s of work for one replica: late by that, a sync and a start.
	 */
	@Test
	void addsReplicasForASlowConsumer() {
		assertThat(runs("slow-consumer")).allSatisfy((run) -> {
			assertThat(run.replicasMax()).isGreaterThanOrEqualTo(3);
			assertThat(run.peakAgeSeconds(600, 2400)).isLessThanOrEqualTo(25 + SYNC + run.replica().startSeconds());
		});
	}

	/**
	 * One partition has one reader: 1200 a second at 1000 falls back by 100 s in ten
	 * minutes, whoever is added.
	 */
	@Test
	void canDoNoMoreForAHotPartitionThanOneReplicaCan() {
		assertThat(runs("hot-partition")).allSatisfy((run) -> assertThat(run.ticks().get(1199).lag())
			.isGreaterThanOrEqualTo(600L * run.replica().perSecond() / 5 - run.replica().perSecond()));
	}

	/** At most two probes an hour, of a start and a sync or less each. */
	@Test
	void followsADay() {
		ScaledObject object = Rendered.consumers(Rendered.KIND).getFirst();
		Run run = Simulation.run(object.spec(), Scenarios.named("diurnal").orElseThrow(), replica(object),
				Clocks.TOGETHER);
		assertThat(run.turnsMax()).isLessThanOrEqualTo(1);
		assertThat(run.peakAgeSeconds()).isLessThanOrEqualTo(SYNC + run.replica().startSeconds());
		assertThat(run.within(SLO_SECONDS)).isGreaterThanOrEqualTo(0.97);
		assertThat(run.replicaSeconds()).isLessThanOrEqualTo(2 * run.idealReplicaSeconds());
		assertThat(run.ticks().getFirst().replicas()).as("nothing comes at night").isZero();
	}

}
