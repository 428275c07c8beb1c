package dev.orderflow.scaling.tuning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.orderflow.scaling.simulation.Run;

/**
 * What a policy costs in each scenario.
 *
 * @param parts one for each scenario, in their order
 */
public record Score(List<Part> parts) {

	public Score {
		parts = List.copyOf(parts);
	}

	/** Replica-seconds of all scenarios. */
	public long replicaSeconds() {
		return this.parts.stream().mapToLong(Part::replicaSeconds).sum();
	}

	/** Late events of all scenarios. */
	public long late() {
		return this.parts.stream().mapToLong(Part::late).sum();
	}

	/** The share of events that are late, in percent. */
	public double latePercent() {
		return 100.0 * late() / Math.max(1, this.parts.stream().mapToLong(Part::events).sum());
	}

	/** The sum of its costs. */
	public double cost(Weights weights) {
		return this.parts.stream().mapToDouble(weights::of).sum();
	}

	/** Whether it is as good in both, and better in one. */
	public boolean dominates(Score other) {
		return replicaSeconds() <= other.replicaSeconds() && late() <= other.late()
				&& (replicaSeconds() < other.replicaSeconds() || late() < other.late());
	}

	/** The scenario in which it costs most, as a multiple of another score. */
	public Worst worst(Score other, Weights weights) {
		List<Worst> ratios = new ArrayList<>();
		for (int i = 0; i < this.parts.size(); i++) {
			double before = weights.of(other.parts.get(i));
			double after = weights.of(this.parts.get(i));
			ratios.add(new Worst(this.parts.get(i).scenario(), (after == before) ? 1 : after / before));
		}
		return ratios.stream().max(Comparator.comparingDouble(Worst::ratio)).orElseThrow();
	}

	/**
	 * One scenario.
	 *
	 * @param scenario its name
	 * @param replicaSeconds wanted replicas, summed over the seconds
	 * @param late events that waited longer than the objective
	 * @param events all events
	 */
	public record Part(String scenario, long replicaSeconds, long late, long events) {

		static Part of(Run run) {
			return new Part(run.scenario().name(), run.replicaSeconds(), run.lateEvents(), run.events());
		}

	}

	/**
	 * What the sums cost, in any currency.
	 *
	 * @param replicaSecond of a replica for a second
	 * @param lateEvent of an event that waits longer than the objective
	 */
	public record Weights(double replicaSecond, double lateEvent) {

		public Weights {
			if (!(replicaSecond >= 0 && lateEvent >= 0 && replicaSecond + lateEvent > 0
					&& Double.isFinite(replicaSecond + lateEvent))) {
				throw new IllegalArgumentException(
						"Expected costs of 0 or more, not both 0, found %s a replica-second and %s a late event"
							.formatted(replicaSecond, lateEvent));
			}
		}

		double of(Part part) {
			return this.replicaSecond * part.replicaSeconds() + this.lateEvent * part.late();
		}

	}

	/**
	 * Where it is worst.
	 *
	 * @param scenario the scenario's name
	 * @param ratio the cost there, as a multiple of the other's
	 */
	public record Worst(String scenario, double ratio) {

	}

}
