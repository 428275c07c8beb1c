package dev.orderflow.scaling;

import java.util.List;
import java.util.function.Predicate;
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
 * Simulates the consumers' ScaledObjects under traffic, for several offsets of KEDA's and
 * the autoscaler's clocks. Each bound is derived from the steps that scaling must take,
 * not copied from a result.
 */
class ConsumerPolicyTests {

	/* Objective for the age of an event while a replica runs. */
	private static final int SLO_SECONDS = 5;

	/* Longest wait for the autoscaler's next sync. */
	private static final int SYNC = 15;

	/*
	 * A moved partition is not read for two heartbeats, 4 s; both ends are rounded by up
	 * to a second.
	 */
	private static final int MOVE = 6;

	private static final List<Clocks> CLOCKS = List.of(Clocks.TOGETHER, new Clocks(4, 7), new Clocks(2, 14));

	private static final Measured MEASURED = Measured.load();

	private static Replica replica(ScaledObject object) {
		return MEASURED.of(object.name()).orElseThrow();
	}

	private static Stream<Run> runs(String scenario) {
		return runs(scenario, (object) -> true);
	}

	/**
	 * Runs of the consumers that the partitions alone bound. Another system bounds
	 * shipping-service; what it cannot work off in time waits.
	 */
	private static Stream<Run> unboundedRuns(String scenario) {
		return runs(scenario, (object) -> object.spec().maxReplicaCount() == Topics.PARTITIONS);
	}

	private static Stream<Run> runs(String scenario, Predicate<ScaledObject> which) {
		return Rendered.consumers(Rendered.KIND)
			.stream()
			.filter(which)
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
	 * Reversals: lag shows only that replicas are too few, so scaling in ends one replica
	 * too low and is corrected once; a second reversal would be flapping. Rebalances:
	 * three steps of scaling out, whose pods may become ready in two groups, eleven steps
	 * of scaling in, and two for the correction.
	 */
	@ParameterizedTest
	@CsvSource({ "steady", "flash-sale", "slow-consumer", "hot-partition", "dependency-down", "broker-down",
			"no-committed-offset" })
	void scalesWithinThePartitionsWithoutFlapping(String scenario) {
		assertThat(runs(scenario)).allSatisfy((run) -> {
			assertThat(run.replicasMax()).isLessThanOrEqualTo(Topics.PARTITIONS);
			assertThat(run.turnsMax()).isLessThanOrEqualTo(1);
			assertThat(run.rebalances()).isLessThanOrEqualTo(2 * 3 + 11 + 2);
		});
	}

	/**
	 * Cost relative to an autoscaler with perfect foresight. Ours keeps the replicas of
	 * the peak for 30 minutes and then removes one a minute, in scenarios of two hours
	 * with the load of one replica.
	 */
	@ParameterizedTest
	@CsvSource({ "steady, 2.5", "flash-sale, 3.5", "slow-consumer, 2", "hot-partition, 6", "dependency-down, 5.5",
			"broker-down, 5.5", "no-committed-offset, 5" })
	void costsAtMostAMultipleOfPerfectForesight(String scenario, double timesIdeal) {
		assertThat(runs(scenario))
			.allSatisfy((run) -> assertThat(run.replicaSeconds() / (double) run.idealReplicaSeconds())
				.isLessThanOrEqualTo(timesIdeal));
	}

	/**
	 * The longest wait for a poll, the start of a pod, and the time in which the pod
	 * reads its first batch of each partition.
	 */
	@Test
	void wakesWithinAPollAndAStart() {
		for (ScaledObject object : Rendered.consumers(Rendered.KIND)) {
			assertThat(object.spec().pollingInterval()).hasSeconds(5);
			int round = Topics.PARTITIONS * 500 / replica(object).perSecond();
			assertThat(runs("steady", object::equals)).extracting((run) -> run.peakAgeSeconds(0, 60))
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
	void scalesToZeroOnceTheLoadEnds() {
		for (ScaledObject object : Rendered.consumers(Rendered.KIND)) {
			int cooldown = Math
				.toIntExact(object.spec().cooldownPeriod().plus(object.spec().pollingInterval()).toSeconds());
			assertThat(runs("steady")).allSatisfy((run) -> {
				assertThat(run.ticks().get(3600 + cooldown + 5).replicas()).isZero();
				assertThat(run.ticks().get(3600 + cooldown / 2).replicas()).as("replicas during the cooldown")
					.isPositive();
			});
		}
	}

	/**
	 * The load of six replicas meets one. The autoscaler needs two syncs to create at
	 * least eight pods, and they need their start time. By then the backlog grows by the
	 * load of five replicas each second; twelve replicas then reduce it by six.
	 */
	@Test
	void catchesUpWithAFlashSaleWhileItLasts() {
		assertThat(unboundedRuns("flash-sale")).hasSize(3 * CLOCKS.size()).allSatisfy((run) -> {
			int behind = 2 * SYNC + run.replica().startSeconds() + MOVE;
			assertThat(run.peakAgeSeconds(600, 1200)).isLessThanOrEqualTo(behind);
			assertThat(run.drainSeconds(600, SLO_SECONDS)).isLessThanOrEqualTo(3 * behind);
		});
	}

	/**
	 * The backlog of ten minutes at 600 records/s shrinks by 12,000 - 600 a second: 32 s,
	 * after the starts that waited for the outage to end.
	 */
	@ParameterizedTest
	@CsvSource({ "dependency-down", "broker-down" })
	void drainsTheBacklogOfATenMinuteOutageWithinTwoMinutes(String scenario) {
		assertThat(unboundedRuns(scenario)).allSatisfy((run) -> {
			assertThat(run.ticks().get(1199).replicas()).as("replicas during the outage").isPositive();
			assertThat(run.ticks().subList(1320, 1500))
				.allSatisfy((tick) -> assertThat(tick.oldestAgeSeconds()).isLessThanOrEqualTo(SLO_SECONDS));
		});
	}

	/**
	 * 12 replicas read a million records at 12,000 a second in 95 s, after the start of
	 * the first replica and three steps of scaling out.
	 */
	@Test
	void readsTheHistoryOfANewGroupWithAllReplicas() {
		assertThat(unboundedRuns("no-committed-offset")).allSatisfy((run) -> {
			assertThat(run.replicasMax()).isEqualTo(Topics.PARTITIONS);
			assertThat(run.ticks().subList(240, 600))
				.allSatisfy((tick) -> assertThat(tick.oldestAgeSeconds()).isLessThanOrEqualTo(SLO_SECONDS));
		});
	}

	/**
	 * Four replicas meet the load of six for ten minutes, and the load of one after it:
	 * the backlog of two replicas' work shrinks by three.
	 */
	@Test
	void worksOffAFlashSaleWithTheReplicasThatTheCarrierTakes() {
		assertThat(runs("flash-sale", (object) -> object.name().equals("shipping-service"))).hasSize(CLOCKS.size())
			.allSatisfy((run) -> {
				assertThat(run.replicasMax()).isEqualTo(4);
				assertThat(run.drainSeconds(600, SLO_SECONDS)).isLessThanOrEqualTo(600 + 600);
			});
	}

	/**
	 * At a fifth of its speed the load needs three replicas. The unchanged threshold is
	 * now 25 s of work for one replica, so an event waits for that, a sync and a start.
	 * (Not shipping-service: a batch of 500 is then 10 s of its work, and a partition
	 * moves only after its batch.)
	 */
	@Test
	void addsReplicasForASlowConsumer() {
		assertThat(runs("slow-consumer")).allSatisfy((run) -> assertThat(run.replicasMax()).isGreaterThanOrEqualTo(3));
		assertThat(unboundedRuns("slow-consumer")).allSatisfy((run) -> {
			assertThat(run.peakAgeSeconds(600, 2400)).isLessThanOrEqualTo(25 + SYNC + run.replica().startSeconds());
		});
	}

	/**
	 * One partition has one reader: at 1200 records/s and a rate of 1000 its lag grows by
	 * 200 a second for ten minutes, however many replicas run.
	 */
	@Test
	void cannotReadAHotPartitionFasterThanOneReplica() {
		assertThat(runs("hot-partition")).allSatisfy((run) -> assertThat(run.ticks().get(1199).lag())
			.isGreaterThanOrEqualTo(600L * run.replica().perSecond() / 5 - run.replica().perSecond()));
	}

	/**
	 * Scaling in goes one replica too low at most twice an hour, for at most a sync and a
	 * start.
	 */
	@Test
	void followsADay() {
		ScaledObject object = Rendered.consumers(Rendered.KIND).getFirst();
		Run run = Simulation.run(object.spec(), Scenarios.named("diurnal").orElseThrow(), replica(object),
				Clocks.TOGETHER);
		assertThat(run.turnsMax()).isLessThanOrEqualTo(1);
		assertThat(run.peakAgeSeconds()).isLessThanOrEqualTo(SYNC + run.replica().startSeconds());
		assertThat(run.within(SLO_SECONDS)).isGreaterThanOrEqualTo(0.97);
		assertThat(run.replicaSeconds()).isLessThanOrEqualTo(2 * run.idealReplicaSeconds());
		assertThat(run.ticks().getFirst().replicas()).as("replicas at night").isZero();
	}

}
