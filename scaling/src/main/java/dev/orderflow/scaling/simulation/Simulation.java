package dev.orderflow.scaling.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler;
import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler.Decision;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;

/**
 * A scenario with a ScaledObject, second by second. KEDA's poll and the autoscaler's sync
 * are two clocks; where they stand at the beginning is an input, because a change of load
 * may come just after either.
 */
public final class Simulation {

	private final ScaledObjectSpec spec;

	private final Scenario scenario;

	private final double basePerSecond;

	private final World world;

	private final Controllers controllers;

	private final Pods pods;

	private final Clocks clocks;

	private int desired = -1;

	private Simulation(ScaledObjectSpec spec, Scenario scenario, Replica replica, double basePerSecond, Clocks clocks) {
		this.spec = spec;
		this.scenario = scenario;
		this.basePerSecond = basePerSecond;
		this.clocks = clocks;
		boolean topic = spec.triggers().getFirst().source() instanceof KafkaSource;
		this.world = topic ? new TopicWorld(scenario, basePerSecond, replica.perSecond(), Assignor.RANGE)
				: new RequestWorld(basePerSecond, replica.perSecond());
		this.controllers = new Controllers(spec, spec.triggers().stream().map(this.world::scaler).toList(), at(0));
		this.pods = new Pods(replica.startSeconds());
	}

	/** Runs a scenario at its own multiple of what the replica takes. */
	public static Run run(ScaledObjectSpec spec, Scenario scenario, Replica replica, Clocks clocks) {
		return run(spec, scenario, replica, scenario.baseLoad() * replica.perSecond(), clocks);
	}

	/** Runs a scenario at a base rate. */
	public static Run run(ScaledObjectSpec spec, Scenario scenario, Replica replica, double basePerSecond,
			Clocks clocks) {
		Simulation simulation = new Simulation(spec, scenario, replica, basePerSecond, clocks);
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
		if (this.clocks.polls(second, this.spec)) {
			this.pods.scaleTo(this.controllers.poll(at(second), this.pods.counts()), second);
		}
		if (this.clocks.syncs(second)) {
			Decision decision = this.controllers.sync(at(second), this.pods.counts());
			this.desired = decision.proposal().orElse(-1);
			this.pods.scaleTo(decision.replicas(), second);
		}
		return new Tick(second, load.rate() * this.basePerSecond, this.world.lag(), this.controllers.metric(),
				this.desired, this.pods.counts().wanted(), this.pods.counts().ready(), this.world.oldestAge(second),
				this.world.rebalances());
	}

	private static Instant at(int second) {
		return Instant.EPOCH.plusSeconds(second);
	}

	/**
	 * Where the clocks stand.
	 *
	 * @param firstPoll second of KEDA's first poll
	 * @param firstSync second of the autoscaler's first sync
	 */
	public record Clocks(int firstPoll, int firstSync) {

		/** Both at the beginning. */
		public static final Clocks TOGETHER = new Clocks(0, 0);

		boolean polls(int second, ScaledObjectSpec spec) {
			return second >= this.firstPoll && (second - this.firstPoll) % spec.pollingInterval().toSeconds() == 0;
		}

		boolean syncs(int second) {
			return second >= this.firstSync
					&& (second - this.firstSync) % HorizontalPodAutoscaler.SYNC_PERIOD.toSeconds() == 0;
		}

	}

}
