package dev.orderflow.load;

import java.time.Duration;
import java.util.List;

import io.gatling.javaapi.core.OpenInjectionStep;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

/**
 * How many customers come, one phase after the other. They come whether or not the system
 * keeps up, as customers do, and by chance within each phase.
 */
record Arrivals(List<Phase> phases) {

	/** How long a flash sale takes to its peak, and back. */
	static final Duration SALE_RAMP = Duration.ofSeconds(2);

	Arrivals {
		phases = List.copyOf(phases);
	}

	/** So many a second all the time. */
	static Arrivals steady(double perSecond, Duration duration) {
		return new Arrivals(List.of(new Phase(perSecond, perSecond, duration)));
	}

	/**
	 * Those who come for the sale alone: nobody for a third of the time, then up to the
	 * peak within {@link #SALE_RAMP}, held for a third, down as fast, nobody again.
	 */
	static Arrivals sale(double peakPerSecond, Duration duration) {
		Duration third = duration.minus(SALE_RAMP.multipliedBy(2)).dividedBy(3);
		return new Arrivals(List.of(new Phase(0, 0, third), new Phase(0, peakPerSecond, SALE_RAMP),
				new Phase(peakPerSecond, peakPerSecond, third), new Phase(peakPerSecond, 0, SALE_RAMP)));
	}

	/** How many come in all, on average. */
	double expected() {
		return this.phases.stream().mapToDouble(Phase::expected).sum();
	}

	OpenInjectionStep[] steps() {
		return this.phases.stream().map(Phase::step).toArray(OpenInjectionStep[]::new);
	}

	/** From one rate, in customers a second, evenly to another. */
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
