package dev.orderflow.scaling.simulation;

import java.util.List;
import java.util.stream.IntStream;

import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.simulation.Cluster.Clocks;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** How topics, pods and clocks behave around KEDA and the autoscaler. */
class SimulationTests {

	private static final Replica REPLICA = new Replica(8, 1000);

	private static ScaledObjectSpec spec(String lines) {
		return Manifests
			.parse("""
					apiVersion: keda.sh/v1alpha1
					kind: ScaledObject
					metadata: { name: inventory-service }
					spec:
					  scaleTargetRef: { name: inventory-service }
					  pollingInterval: 5
					  maxReplicaCount: 12
					  triggers:
					    - type: kafka
					      metadata: { bootstrapServers: "kafka:9092", consumerGroup: g, topic: orders, lagThreshold: "5000", offsetResetPolicy: earliest }
					"""
					+ lines.indent(2))
			.scaledObjects()
			.getFirst()
			.spec();
	}

	private static Run run(String scenario, String lines) {
		return Simulation.run(spec(lines), Scenarios.named(scenario).orElseThrow(), REPLICA, Clocks.TOGETHER);
	}

	@Test
	void wakesFromZeroAndProcessesEverything() {
		Run run = run("steady", "");
		assertThat(run.ticks().getFirst().replicas()).as("the first poll sees the lag").isEqualTo(1);
		assertThat(run.ticks().get(7).ready()).isZero();
		assertThat(run.ticks().get(8).ready()).isEqualTo(1);
		assertThat(run.ticks().get(3599).lag()).isLessThan(500);
		assertThat(run.ticks().getLast().lag()).isZero();
		assertThat(run.ticks().getLast().replicas()).as("back to zero").isZero();
	}

	@Test
	void neverExceedsTheCapacityOfTheReplicas() {
		Run run = run("flash-sale", "");
		for (int i = 1; i < run.ticks().size(); i++) {
			Tick tick = run.ticks().get(i);
			double done = run.ticks().get(i - 1).lag() + tick.perSecond() - tick.lag();
			assertThat(done).isLessThanOrEqualTo(Math.max(1, tick.ready()) * 1000 + Member.BATCH_RECORDS_MAX * 12 + 12);
		}
	}

	@Test
	void letsOneReplicaReadAHotPartition() {
		Run run = run("hot-partition", "");
		assertThat(run.replicasMax()).isEqualTo(12);
		Tick end = run.ticks().get(1199);
		assertThat(end.lag()).as("60 %% of 2000/s for 600 s, of which one replica takes at most 1000/s")
			.isGreaterThan(100_000);
	}

	@Test
	void commitsNothingWhileTheDatabaseIsDown() {
		Run run = run("dependency-down", "");
		assertThat(run.ticks().get(1199).oldestAgeSeconds()).isBetween(598, 601);
		assertThat(run.ticks().get(1199).ready()).as("a new pod waits for the database").isEqualTo(1);
		assertThat(run.ticks().get(1199).replicas()).isEqualTo(12);
	}

	@Test
	void keepsTheReplicasWhileTheBrokerIsDown() {
		Run run = run("broker-down", "fallback: { failureThreshold: 3, replicas: 3 }");
		int before = run.ticks().get(600).replicas();
		assertThat(run.ticks().subList(600, 1200)).allSatisfy((tick) -> assertThat(tick.replicas()).isEqualTo(before));
		assertThat(run.ticks().get(1260).replicas()).isGreaterThan(before);
	}

	@Test
	void countsTheWholeLogOfANewGroup() {
		Run run = run("no-committed-offset", "");
		assertThat(run.ticks().getFirst().lag()).isCloseTo(1800 * 600 + 600, within(30L));
		assertThat(run.ticks().get(200).lag()).as("a million, less than twelve replicas take in 200 s")
			.isLessThan(5000);
	}

	@Test
	void countsTurnsBetweenTwoChangesOfLoad() {
		List<Integer> replicas = List.of(1, 2, 1, 2, 2, 1, 3);
		Scenario scenario = Scenario.named("x", "x", 1).minutes(1, Load.of(1)).build();
		List<Tick> ticks = IntStream.range(0, replicas.size())
			.mapToObj((i) -> new Tick(i, 0, 0, 0, 0, replicas.get(i), 0, 0, 0, 0))
			.toList();
		assertThat(new Run(scenario, REPLICA, ticks).turnsMax()).isEqualTo(4);
	}

	@Test
	void isTheSameEachTime() {
		assertThat(run("flash-sale", "")).isEqualTo(run("flash-sale", ""));
	}

}
