package dev.orderflow.scaling.simulation;

import java.util.ArrayList;
import java.util.List;

import dev.orderflow.scaling.keda.ReplicaCounts;

/**
 * The pods of a Deployment. A pod becomes ready one start time after its creation;
 * without its database it waits. Scaling in removes the youngest pods. On a crowded node
 * the pods that were created first share the cores, and later ones wait for them.
 */
final class Pods {

	/* Rounding error: a start with fewer seconds left is complete. */
	private static final double NOTHING = 1e-6;

	private final int startSeconds;

	private final double crowdedStartSeconds;

	private final List<Pod> pods = new ArrayList<>();

	private int created;

	Pods(int startSeconds, double crowdedStartSeconds) {
		this.startSeconds = startSeconds;
		this.crowdedStartSeconds = crowdedStartSeconds;
	}

	void scaleTo(int replicas, int second) {
		while (this.pods.size() < replicas) {
			this.pods.add(new Pod(this.created++, second, this.startSeconds, false));
		}
		while (this.pods.size() > replicas) {
			this.pods.removeLast();
		}
	}

	/** The current members, by the number that each pod got at its creation. */
	List<Integer> members(int second, boolean startable) {
		if (!areAllReady()) {
			start(second, startable);
		}
		return this.pods.stream().filter(Pod::isReady).map(Pod::number).toList();
	}

	private boolean areAllReady() {
		for (Pod pod : this.pods) {
			if (!pod.isReady()) {
				return false;
			}
		}
		return true;
	}

	private void start(int second, boolean startable) {
		List<Pod> starting = this.pods.stream()
			.filter((pod) -> pod.left() > NOTHING && pod.createdAt() < second)
			.toList();
		int oldest = starting.stream().mapToInt(Pod::createdAt).min().orElse(second);
		long together = starting.stream().filter((pod) -> pod.createdAt() == oldest).count();
		boolean crowded = this.crowdedStartSeconds > 0 && together > 1;
		double progress = crowded ? this.startSeconds / (together * this.crowdedStartSeconds) : 1;
		boolean othersWait = this.crowdedStartSeconds > 0;
		this.pods.replaceAll((pod) -> {
			boolean starts = starting.contains(pod) && (!othersWait || pod.createdAt() == oldest);
			return (starts ? pod.started(progress) : pod).ready(startable);
		});
	}

	ReplicaCounts counts() {
		int ready = Math.toIntExact(this.pods.stream().filter(Pod::isReady).count());
		return new ReplicaCounts(this.pods.size(), this.pods.size(), ready);
	}

	/**
	 * A pod.
	 *
	 * @param left rest of its start, in seconds of a start on an uncrowded node
	 */
	private record Pod(int number, int createdAt, double left, boolean isReady) {

		Pod started(double seconds) {
			return new Pod(this.number, this.createdAt, this.left - seconds, this.isReady);
		}

		Pod ready(boolean startable) {
			return new Pod(this.number, this.createdAt, this.left, this.isReady || (startable && this.left <= NOTHING));
		}

	}

}
