package dev.orderflow.demo;

import java.util.Map;

import dev.orderflow.topology.Service;
import org.jspecify.annotations.Nullable;

/**
 * Valid arguments of the command line.
 *
 * @param rate orders a second
 * @param orders how many to place and check; null for none
 * @param exit whether to stop after the check
 * @param memory whether to measure memory instead
 */
record DemoArguments(double rate, @Nullable Integer orders, boolean exit, boolean memory) {

	/** Default number of orders a second. */
	static final double RATE = 3;

	/**
	 * The most orders a second; beyond it the sixteen senders would be the bottleneck.
	 */
	static final int RATE_MAX = 500;

	/** The most orders to place and check. */
	static final int ORDERS_MAX = 100_000;

	private static final double RATE_MIN = 0.1;

	void requireSensible() {
		if (this.rate != 0 && !(this.rate >= RATE_MIN && this.rate <= RATE_MAX)) {
			throw new IllegalArgumentException("--rate is out of range: expected 0, or %s to %d, found %s"
				.formatted(RATE_MIN, RATE_MAX, this.rate));
		}
		if (this.orders != null && (this.orders < 1 || this.orders > ORDERS_MAX)) {
			throw new IllegalArgumentException(
					"--orders is out of range: expected 1 to %d, found %d".formatted(ORDERS_MAX, this.orders));
		}
		if (this.exit && this.orders == null) {
			throw new IllegalArgumentException("--exit needs --orders N");
		}
		if (this.memory && this.orders != null) {
			throw new IllegalArgumentException("--memory and --orders exclude each other");
		}
	}

	static void requirePorts(int postgres, int kafka, int carrier, int metrics, Map<String, Integer> services) {
		requirePort("--postgres-port", postgres);
		requirePort("--kafka-port", kafka);
		requirePort("--carrier-port", carrier);
		requirePort("--metrics-port", metrics);
		services.forEach((service, port) -> requirePort("--service-port " + service, port));
	}

	private static void requirePort(String option, int port) {
		int highest = 65535 - Service.MANAGEMENT_OFFSET;
		if (port < 1 || port > highest) {
			throw new IllegalArgumentException(
					"%s is out of range: expected 1 to %d, found %d".formatted(option, highest, port));
		}
	}

}
