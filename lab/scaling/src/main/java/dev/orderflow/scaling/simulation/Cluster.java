package dev.orderflow.scaling.simulation;

import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;

/**
 * The environment of the replicas.
 *
 * @param clocks when KEDA polls and the autoscaler syncs
 * @param assignor how the broker assigns partitions; {@code group.remote.assignor}
 * @param crowdedStartSeconds cost of one start while others run, in seconds of all the
 * node's cores; 0 if each start has cores of its own
 */
public record Cluster(Clocks clocks, Assignor assignor, double crowdedStartSeconds) {

	public Cluster {
		if (crowdedStartSeconds < 0) {
			throw new IllegalArgumentException(
					"Expected crowded starts of 0 s or more, found %s".formatted(crowdedStartSeconds));
		}
	}

	/**
	 * A cluster with enough cores for each start, and the assignor that the services
	 * configure.
	 */
	public static Cluster with(Clocks clocks) {
		return new Cluster(clocks, Assignor.RANGE, 0);
	}

	/**
	 * Offsets of the two clocks.
	 *
	 * @param firstPoll second of KEDA's first poll
	 * @param firstSync second of the autoscaler's first sync
	 * @param syncSeconds from one sync to the next, at least 1
	 */
	public record Clocks(int firstPoll, int firstSync, double syncSeconds) {

		/** Both at the beginning. */
		public static final Clocks TOGETHER = new Clocks(0, 0);

		public Clocks {
			if (syncSeconds < 1) {
				throw new IllegalArgumentException("Expected a sync period of 1 s or more, found " + syncSeconds);
			}
		}

		/** Clocks with Kubernetes' default sync period. */
		public Clocks(int firstPoll, int firstSync) {
			this(firstPoll, firstSync, HorizontalPodAutoscaler.SYNC_PERIOD.toSeconds());
		}

		boolean polls(int second, ScaledObjectSpec spec) {
			return second >= this.firstPoll && (second - this.firstPoll) % spec.pollingInterval().toSeconds() == 0;
		}

		/** Whether a sync happens in this second. */
		public boolean syncs(int second) {
			int since = second - this.firstSync;
			double next = Math.ceil(since / this.syncSeconds) * this.syncSeconds;
			return since >= 0 && next < since + 1;
		}

	}

}
