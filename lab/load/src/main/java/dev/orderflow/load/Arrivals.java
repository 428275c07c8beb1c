package dev.orderflow.load;

import java.time.Duration;
import java.util.List;

import io.gatling.javaapi.core.OpenInjectionStep;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

/**
 * Arrival rates of customers, phase by phase: an open model. Customers arrive whether or
 * not the system keeps up, and at random within each phase.
 */
record Arrivals(List<Phase> phases) {

	/** Time from zero to the peak of a flash sale, and back. */
	static final Duration SALE_RAMP = Duration.ofSeconds(2);

	Arrivals {
		phases = List.copyOf(phases);
	}

	/** A constant rate. */
	static Arrivals steady(double perSecond, Duration duration) {
		return new Arrivals(List.of(new Phase(perSecond, perSecond, duration)));
	}

	/**
	 * The additional customers of a sale: none for a third of the time, then a ramp to
	 * the peak within {@link #SALE_RAMP}, the peak for a third, an equal ramp down, then
	 * none.
	 */
	static Arrivals sale(double peakPerSecond, Duration duration) {
		Duration third = duration.minus(SALE_RAMP.multipliedBy(2)).dividedBy(3);
		return new Arrivals(List.of(new Phase(0, 0, third), new Phase(0, peakPerSecond, SALE_RAMP),
				new Phase(peakPerSecond, peakPerSecond, third), new Phase(peakPerSecond, 0, SALE_RAMP)));
	}

	/** Expected number of customers. */
	double expected() {
		return this.phases.stream().mapToDouble(Phase::expected).sum();
	}

	OpenInjectionStep[] steps() {
		return this.phases.stream().map(Phase::step).toArray(OpenInjectionStep[]::new);
	}

	/** A linear change from one rate to another, in customers a second. */
	record Phase(double from, double to, Duration during) {

		double expected() {
			return (this.from + this.to) / 2 * this.during.toMillis() / 1000;
		}

		OpenInjectionStep step() {
			if (this.from == 0 && this.to == 0) {
				return nothingFor(this.during);
			}
			return (this.from == this.to) ? constantUsersPerSec(this.from).during(this.during).randomized()
					: rampUsersPerSec(this.from).to(this.to).during(this.during).randomized();
		}

	}

}
