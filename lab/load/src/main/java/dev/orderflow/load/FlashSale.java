package dev.orderflow.load;

import java.util.Random;

import io.gatling.javaapi.core.Simulation;

import static io.gatling.javaapi.core.CoreDsl.scenario;

/**
 * The usual customers, plus a crowd that arrives within seconds for the same few
 * products, stays for a while and leaves.
 */
public final class FlashSale extends Simulation {

	/** Products on sale. */
	static final int HOT_PRODUCTS = 3;

	/** Peak rate as a multiple of the usual rate. */
	static final ScopedValue<Double> FACTOR = ScopedValue.newInstance();

	/** For Gatling, within {@link LoadRun#simulate}. */
	public FlashSale() {
		LoadRun run = LoadRun.current();
		LoadSettings settings = run.settings();
		double crowd = settings.rate() * (FACTOR.get() - 1);
		OrderRequests forSale = new OrderRequests(run.popularity().hottest(HOT_PRODUCTS), 1, new Random(2));
		setUp(scenario("customers").exec(run.customerJourney())
			.injectOpen(Arrivals.steady(settings.rate(), settings.duration()).steps()),
				scenario("sale crowd").exec(OrderJourney.placeOrder("place sale order", forSale))
					.injectOpen(Arrivals.sale(crowd, settings.duration()).steps()))
			.protocols(run.protocol())
			.assertions(run.assertion());
	}

}
