package dev.orderflow.load;

import java.nio.file.Path;
import java.util.Random;

import io.gatling.app.Gatling$;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.http.HttpDsl.http;

/**
 * One run of a scenario, with what all scenarios have in common. Gatling instantiates the
 * scenario in the thread that called {@link #simulate}; the scenario finds its run there.
 *
 * @param popularity the products that can be ordered
 */
record LoadRun(LoadSettings settings, Popularity popularity) {

	private static final ScopedValue<LoadRun> CURRENT = ScopedValue.newInstance();

	private static final int LINES_MAX = 5;

	static LoadRun current() {
		return CURRENT.get();
	}

	/** Runs it to its end and returns whether few enough requests failed. */
	boolean simulate(Class<? extends Simulation> scenario, Path reports) {
		String[] arguments = { "--simulation", scenario.getName(), "--results-folder", reports.toString(),
				"--run-description", this.settings.description() };
		// Gatling's main does the same and then ends the JVM.
		return ScopedValue.where(CURRENT, this).call(() -> Gatling$.MODULE$.fromArgs(arguments)) == 0;
	}

	ChainBuilder customerJourney() {
		ChainBuilder order = OrderJourney.placeOrder("place order",
				new OrderRequests(this.popularity, LINES_MAX, new Random(1)));
		return exec(order, OrderJourney.sometimesAskAgain(),
				OrderJourney.sometimesLook(this.settings.readsPercent(), this.settings),
				OrderJourney.sometimesCancel(this.settings.cancelPercent()));
	}

	/**
	 * Customers share connections, as behind a gateway; a port for each would exhaust the
	 * ports.
	 */
	HttpProtocolBuilder protocol() {
		return http.baseUrl(this.settings.url().toString())
			.acceptHeader("application/json")
			.contentTypeHeader("application/json")
			.userAgentHeader("orderflow-load")
			.shareConnections()
			.disableWarmUp();
	}

	Assertion assertion() {
		return global().failedRequests().percent().lte(this.settings.failedPercent());
	}

}
