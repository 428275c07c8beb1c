package dev.orderflow.scaling.simulation;

import java.util.List;
import java.util.Set;

/**
 * The result of a simulated scenario.
 *
 * @param scenario what happened
 * @param replica capacity of one replica
 * @param ticks second by second
 */
public record Run(Scenario scenario, Replica replica, List<Tick> ticks) {

	public Run {
		ticks = List.copyOf(ticks);
	}

	/** The longest wait, in seconds. */
	public int peakAgeSeconds() {
		return peakAgeSeconds(0, this.ticks.size());
	}

	/** The longest wait, in seconds, between two seconds of the run. */
	public int peakAgeSeconds(int from, int to) {
		return this.ticks.subList(from, to).stream().mapToInt(Tick::oldestAgeSeconds).max().orElse(0);
	}

	/** The share of seconds in which nothing waited longer than {@code ageSeconds}. */
	public double within(int ageSeconds) {
		return this.ticks.stream().filter((tick) -> tick.oldestAgeSeconds() <= ageSeconds).count()
				/ (double) this.ticks.size();
	}

	/** The most replicas. */
	public int replicasMax() {
		return this.ticks.stream().mapToInt(Tick::replicas).max().orElse(0);
	}

	/**
	 * Seconds from {@code second} until nothing waits longer than {@code ageSeconds}.
	 */
	public int drainSeconds(int second, int ageSeconds) {
		int last = second;
		for (Tick tick : this.ticks.subList(second, this.ticks.size())) {
			if (tick.oldestAgeSeconds() > ageSeconds) {
				last = tick.second() + 1;
			}
		}
		return last - second;
	}

	/** The cost, in replica-seconds. */
	public long replicaSeconds() {
		return this.ticks.stream().mapToLong(Tick::replicas).sum();
	}

	/**
	 * The cost of an autoscaler with perfect foresight: in each second the fewest whole
	 * replicas that process the incoming load at their speed in that second.
	 */
	public long idealReplicaSeconds() {
		return this.ticks.stream().mapToLong((tick) -> {
			double speed = this.replica.perSecond() * this.scenario.at(tick.second()).speed();
			return (long) Math.ceil(tick.perSecond() / speed - 1e-9);
		}).sum();
	}

	/** Events that waited longer than {@link Tick#OBJECTIVE_SECONDS}. */
	public long lateEvents() {
		return this.ticks.stream().mapToLong(Tick::late).sum();
	}

	/** Events that arrived, and those on the topic at the beginning. */
	public long events() {
		double before = this.scenario.uncommittedSeconds() * this.ticks.getFirst().perSecond();
		return Math.round(before + this.ticks.stream().mapToDouble(Tick::perSecond).sum());
	}

	/** Number of rebalances. */
	public int rebalances() {
		return this.ticks.getLast().rebalances();
	}

	/**
	 * The most reversals between scaling out and scaling in between two changes of load.
	 */
	public int turnsMax() {
		int most = 0;
		int turns = 0;
		int direction = 0;
		int before = this.ticks.getFirst().replicas();
		Set<Integer> changes = Set.copyOf(this.scenario.changes());
		for (Tick tick : this.ticks) {
			if (changes.contains(tick.second())) {
				turns = 0;
				direction = 0;
			}
			int now = Integer.signum(tick.replicas() - before);
			turns += (now != 0 && direction != 0 && now != direction) ? 1 : 0;
			direction = (now != 0) ? now : direction;
			before = tick.replicas();
			most = Math.max(most, turns);
		}
		return most;
	}

}
