package dev.orderflow.scaling.simulation;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A sequence of stretches of constant load.
 *
 * @param name its name on the command line
 * @param description what it is, in one line
 * @param baseLoad the base rate, as a multiple of one replica's throughput
 * @param stretches load by the second in which it begins
 * @param seconds how long it lasts
 * @param uncommittedSeconds seconds of base traffic already on the topic when a group
 * without a commit begins; 0 if the group is at the end of the log
 */
public record Scenario(String name, String description, double baseLoad, NavigableMap<Integer, Load> stretches,
		int seconds, int uncommittedSeconds) {

	/** The load of a second. */
	Load at(int second) {
		return this.stretches.floorEntry(second).getValue();
	}

	/** The seconds at which the load changes. */
	public List<Integer> changes() {
		return List.copyOf(this.stretches.keySet());
	}

	static Builder named(String name, String description, double baseLoad) {
		return new Builder(name, description, baseLoad);
	}

	/** Appends one stretch after the other. */
	static final class Builder {

		private final String name;

		private final String description;

		private final double baseLoad;

		private final TreeMap<Integer, Load> stretches = new TreeMap<>();

		private int seconds;

		private int uncommittedSeconds;

		private Builder(String name, String description, double baseLoad) {
			this.name = name;
			this.description = description;
			this.baseLoad = baseLoad;
		}

		Builder minutes(int minutes, Load load) {
			this.stretches.put(this.seconds, load);
			this.seconds += minutes * 60;
			return this;
		}

		Builder uncommitted(int minutes) {
			this.uncommittedSeconds = minutes * 60;
			return this;
		}

		Scenario build() {
			return new Scenario(this.name, this.description, this.baseLoad, new TreeMap<>(this.stretches), this.seconds,
					this.uncommittedSeconds);
		}

	}

}
