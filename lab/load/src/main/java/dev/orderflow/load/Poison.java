package dev.orderflow.load;

import java.util.UUID;

import io.gatling.javaapi.core.Simulation;

import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * Customers at a constant rate, and among their events on the topic some that no consumer
 * can process.
 */
public final class Poison extends Simulation {

	/** Where the poison goes. */
	static final ScopedValue<PoisonWriter> WRITER = ScopedValue.newInstance();

	/** For Gatling, within {@link LoadRun#simulate}. */
	public Poison() {
		LoadRun run = LoadRun.current();
		LoadSettings settings = run.settings();
		PoisonWriter writer = WRITER.get();
		setUp(scenario("customers").exec(run.customerJourney()).exec((session) -> {
			writer.orderAccepted(UUID.fromString(session.getString(OrderJourney.ORDER_ID)));
			return session;
		}).injectOpen(Arrivals.steady(settings.rate(), settings.duration()).steps())).protocols(run.protocol())
			.assertions(run.assertion());
	}

}
