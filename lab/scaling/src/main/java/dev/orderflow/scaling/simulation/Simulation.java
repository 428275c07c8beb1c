package dev.orderflow.scaling.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler.Decision;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.simulation.Cluster.Clocks;

/**
 * A scenario with a ScaledObject, second by second. KEDA's poll and the autoscaler's sync
 * are two clocks; their initial offsets are an input, because the load may change just
 * after either.
 */
public final class Simulation {

	private final ScaledObjectSpec spec;

	private final Scenario scenario;

	private final double basePerSecond;

	private final World world;

	private final Controllers controllers;

	private final Pods pods;

	private final Cluster cluster;

	private int desired = -1;

	private Simulation(ScaledObjectSpec spec, Scenario scenario, Replica replica, double basePerSecond,
			Cluster cluster) {
		this.spec = spec;
		this.scenario = scenario;
		this.basePerSecond = basePerSecond;
		this.cluster = cluster;
		boolean topic = spec.triggers().getFirst().source() instanceof KafkaSource;
		this.world = topic ? new TopicWorld(scenario, basePerSecond, replica.perSecond(), cluster.assignor())
				: new RequestWorld(basePerSecond, replica.perSecond());
		this.controllers = new Controllers(spec, spec.triggers().stream().map(this.world::scaler).toList(), at(0));
		this.pods = new Pods(replica.startSeconds(), cluster.crowdedStartSeconds());
	}

	/** Runs a scenario at its own multiple of the replica's throughput. */
	public static Run run(ScaledObjectSpec spec, Scenario scenario, Replica replica, Clocks clocks) {
		return run(spec, scenario, replica, scenario.baseLoad() * replica.perSecond(), Cluster.with(clocks));
	}

	/** Runs a scenario at a base rate. */
	public static Run run(ScaledObjectSpec spec, Scenario scenario, Replica replica, double basePerSecond,
			Cluster cluster) {
		Simulation simulation = new Simulation(spec, scenario, replica, basePerSecond, cluster);
		List<Tick> ticks = new ArrayList<>();
		simulation.pods.scaleTo(spec.minReplicaCount(), 0);
		for (int second = 0; second < scenario.seconds(); second++) {
			ticks.add(simulation.tick(second));
		}
		return new Run(scenario, replica, ticks);
	}

	private Tick tick(int second) {
		Load load = this.scenario.at(second);
		this.world.pass(second, load, this.pods.members(second, load.dependency() && load.broker()));
		if (this.cluster.clocks().polls(second, this.spec)) {
			this.pods.scaleTo(this.controllers.poll(at(second), this.pods.counts()), second);
		}
		if (this.cluster.clocks().syncs(second)) {
			Decision decision = this.controllers.sync(at(second), this.pods.counts());
			this.desired = decision.proposal().orElse(-1);
			this.pods.scaleTo(decision.replicas(), second);
		}
		return new Tick(second, load.rate() * this.basePerSecond, this.world.lag(), this.controllers.metric(),
				this.desired, this.pods.counts().wanted(), this.pods.counts().ready(), this.world.oldestAge(second),
				this.world.turnedLate(), this.world.rebalances());
	}

	private static Instant at(int second) {
		return Instant.EPOCH.plusSeconds(second);
	}

}
