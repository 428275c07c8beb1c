package dev.orderflow.scaling.simulation;

import java.util.List;
import java.util.Optional;

/**
 * The predefined scenarios. Loads are multiples of one replica's throughput, so that each
 * service is tested in the range where it must scale; the command line can set a rate
 * instead.
 */
public final class Scenarios {

	private static final Load BASE = Load.of(1);

	private static final Load NOTHING = Load.of(0);

	private static final int HALF_HOURS = 48;

	private static final List<Scenario> ALL = List.of(
			Scenario.named("steady", "half a replica's load for an hour, then nothing", 0.5)
				.minutes(60, BASE)
				.minutes(60, NOTHING)
				.build(),
			Scenario.named("flash-sale", "20 times the load for ten minutes", 0.3)
				.minutes(10, BASE)
				.minutes(10, Load.of(20))
				.minutes(100, BASE)
				.build(),
			diurnal(),
			Scenario.named("slow-consumer", "each replica at a fifth of its speed for half an hour", 0.6)
				.minutes(10, BASE)
				.minutes(30, BASE.slowedTo(0.2))
				.minutes(80, BASE)
				.build(),
			Scenario.named("hot-partition", "60 % of twice a replica's load on one partition for ten minutes", 2)
				.minutes(10, BASE)
				.minutes(10, BASE.hot(0.6))
				.minutes(40, BASE)
				.build(),
			Scenario.named("dependency-down", "the database is down for ten minutes", 0.6)
				.minutes(10, BASE)
				.minutes(10, BASE.withoutDependency())
				.minutes(100, BASE)
				.build(),
			Scenario.named("broker-down", "Kafka is down for ten minutes; orders wait in the outbox", 0.6)
				.minutes(10, BASE)
				.minutes(10, BASE.withoutBroker())
				.minutes(100, BASE)
				.build(),
			Scenario.named("no-committed-offset", "a new group, with half an hour of events already on the topic", 0.6)
				.uncommitted(30)
				.minutes(120, BASE)
				.build());

	private Scenarios() {
	}

	/** All scenarios. */
	public static List<Scenario> all() {
		return ALL;
	}

	/** The scenario of that name. */
	public static Optional<Scenario> named(String name) {
		return ALL.stream().filter((scenario) -> scenario.name().equals(name)).findFirst();
	}

	/* No load at night, and the load of up to three replicas in the early afternoon. */
	private static Scenario diurnal() {
		Scenario.Builder day = Scenario.named("diurnal",
				"a day from midnight on, in half hours, up to the load of three replicas", 1);
		for (int half = 0; half < HALF_HOURS; half++) {
			day.minutes(30, Load.of(Math.max(0, 3 * Math.sin(Math.PI * (half - 10) / 36))));
		}
		return day.build();
	}

}
