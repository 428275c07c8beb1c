package dev.orderflow.load;

import io.gatling.javaapi.core.Simulation;

import static io.gatling.javaapi.core.CoreDsl.scenario;

/** Customers at a constant rate. */
public final class Steady extends Simulation {

	/** For Gatling, within {@link LoadRun#simulate}. */
	public Steady() {
		LoadRun run = LoadRun.current();
		LoadSettings settings = run.settings();
		setUp(scenario("customers").exec(run.customerJourney())
			.injectOpen(Arrivals.steady(settings.rate(), settings.duration()).steps())).protocols(run.protocol())
			.assertions(run.assertion());
	}

}
