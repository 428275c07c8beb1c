package dev.orderflow.scaling.simulation;

import java.util.ArrayList;
import java.util.List;

import dev.orderflow.scaling.keda.ReplicaCounts;

/**
 * The pods of a Deployment. A pod is ready its start after it was created; one that
 * starts without its database waits for it. Fewer replicas end the youngest.
 */
final class Pods {

	private final int startSeconds;

	private final List<Pod> pods = new ArrayList<>();

	private int created;

	Pods(int startSeconds) {
		this.startSeconds = startSeconds;
	}

	void scaleTo(int replicas, int second) {
		while (this.pods.size() < replicas) {
			this.pods.add(new Pod(this.created++, second + this.startSeconds));
		}
		while (this.pods.size() > replicas) {
			this.pods.removeLast();
		}
	}

	/** Those that are members now, by the number that each got when it was created. */
	List<Integer> members(int second, boolean startable) {
		this.pods.replaceAll((pod) -> pod.ready(second, startable));
		return this.pods.stream().filter(Pod::isReady).map(Pod::number).toList();
	}

	ReplicaCounts counts() {
		int ready = Math.toIntExact(this.pods.stream().filter(Pod::isReady).count());
		return new ReplicaCounts(this.pods.size(), this.pods.size(), ready);
	}

	private record Pod(int number, int readyAt, boolean isReady) {

		Pod(int number, int readyAt) {
			this(number, readyAt, false);
		}

		Pod ready(int second, boolean startable) {
			boolean ready = this.isReady || (startable && second >= this.readyAt);
			return new Pod(this.number, this.readyAt, ready);
		}

	}

}
