package dev.orderflow.scaling.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import dev.orderflow.scaling.hpa.ExternalMetric;
import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler;
import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler.Decision;
import dev.orderflow.scaling.keda.KedaMetrics;
import dev.orderflow.scaling.keda.MetricAnswer;
import dev.orderflow.scaling.keda.Milli;
import dev.orderflow.scaling.keda.ScaleLoop;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.manifest.Trigger;

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

	private final KedaMetrics metrics;

	private final ScaleLoop loop;

	private final HorizontalPodAutoscaler autoscaler;

	private final Pods pods;

	private final Clocks clocks;

	private double metric;

	private int desired = -1;

	private Simulation(ScaledObjectSpec spec, Scenario scenario, Replica replica, double basePerSecond, Clocks clocks) {
		this.spec = spec;
		this.scenario = scenario;
		this.basePerSecond = basePerSecond;
		this.clocks = clocks;
		boolean topic = spec.triggers().getFirst().source() instanceof KafkaSource;
		this.world = topic ? new TopicWorld(scenario, basePerSecond, replica.perSecond(), Assignor.RANGE)
				: new RequestWorld(basePerSecond, replica.perSecond());
		this.metrics = new KedaMetrics(spec, spec.triggers().stream().map(this.world::scaler).toList());
		this.loop = new ScaleLoop(spec, this.metrics, at(0));
		this.autoscaler = new HorizontalPodAutoscaler(spec);
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
			this.pods.scaleTo(this.loop.poll(at(second), this.pods.counts()), second);
		}
		if (this.clocks.syncs(second)) {
			Decision decision = this.autoscaler.sync(at(second), this.pods.counts(), this::answers);
			this.desired = decision.proposal().orElse(-1);
			this.pods.scaleTo(decision.replicas(), second);
		}
		return new Tick(second, load.rate() * this.basePerSecond, this.world.lag(), this.metric, this.desired,
				this.pods.counts().wanted(), this.pods.counts().ready(), this.world.oldestAge(second),
				this.world.rebalances());
	}

	private List<ExternalMetric> answers() {
		List<ExternalMetric> answers = new ArrayList<>();
		this.metric = 0;
		for (int i = 0; i < this.spec.triggers().size(); i++) {
			Trigger trigger = this.spec.triggers().get(i);
			OptionalLong milli = switch (this.metrics.request(i, this.pods.counts())) {
				case MetricAnswer.Measured measured -> OptionalLong.of(measured.reading().milli());
				case MetricAnswer.Substitute substitute -> OptionalLong.of(substitute.milli());
				case MetricAnswer.Failed failed -> OptionalLong.empty();
			};
			this.metric = Math.max(this.metric, milli.orElse(0) / 1000.0);
			answers.add(new ExternalMetric(trigger.metricType(), Milli.of(trigger.source().target()), milli));
		}
		return answers;
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
