package dev.orderflow.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.orderflow.demo.Instance;
import dev.orderflow.demo.Stack;
import dev.orderflow.topology.Service;

/** Faults of the processes of services, and of the servers that they need. */
final class ProcessFaults {

	/** The time that a service has to stop. */
	private static final Duration STOP_MAX = Duration.ofSeconds(75);

	private static final String KAFKA = "kafka";

	private static final String POSTGRES = "postgres";

	private final Stack stack;

	ProcessFaults(Stack stack) {
		this.stack = stack;
	}

	List<Fault> all() {
		List<String> services = this.stack.topology().services().stream().map(Service::name).toList();
		List<String> scaled = services.stream().filter((service) -> !service.equals("order-service")).toList();
		return List.of(Fault.of("kill-service", services, 1, 6, this::kill),
				Fault.of("stop-service", services, 1, 6, this::stop),
				// Beyond the group's session of 10 s, often beyond idle_in_transaction of
				// 30 s.
				Fault.of("freeze-service", services, 12, 38, this::freeze),
				Fault.of("clock-ahead", services, 5, 12, this::setClockAhead),
				Fault.of("scaled", scaled, 0, 1, this::scale),
				Fault.of("kill-kafka", List.of(KAFKA), 1, 12, this::killKafka),
				Fault.of("freeze-kafka", List.of(KAFKA), 8, 20, this::freezeKafka),
				Fault.of("kill-postgres", List.of(POSTGRES), 1, 8, this::killPostgres),
				Fault.of("freeze-postgres", List.of(POSTGRES), 8, 25, this::freezePostgres));
	}

	private Fault.Mend kill(String service, Random random) {
		this.stack.instance(service).process().kill();
		return () -> this.stack.restart(service);
	}

	private Fault.Mend stop(String service, Random random) {
		boolean stopped = this.stack.instance(service).process().stop(STOP_MAX);
		return () -> {
			this.stack.restart(service);
			if (!stopped) {
				throw new IllegalStateException(
						"Expected %s to stop within %d s, but it was killed".formatted(service, STOP_MAX.toSeconds()));
			}
		};
	}

	private Fault.Mend freeze(String service, Random random) {
		Instance instance = this.stack.instance(service);
		instance.process().signal("STOP");
		return () -> instance.process().signal("CONT");
	}

	/** It starts with a clock that is an hour ahead, and once more with the right one. */
	private Fault.Mend setClockAhead(String service, Random random) {
		this.stack.instance(service).process().kill();
		this.stack.restart(service, Map.of("orderflow.clock.offset", "1h"));
		return () -> {
			this.stack.instance(service).process().stop(STOP_MAX);
			this.stack.restart(service);
		};
	}

	/** 1, 4, 0 and 2 replicas, then one again. */
	private Fault.Mend scale(String service, Random random) {
		this.stack.scaleTo(service, 4);
		this.stack.scaleTo(service, 0);
		this.stack.scaleTo(service, 2);
		return () -> this.stack.scaleTo(service, 1);
	}

	private Fault.Mend killKafka(String subject, Random random) {
		this.stack.kafka().process().kill();
		return this.stack::restartKafka;
	}

	private Fault.Mend freezeKafka(String subject, Random random) {
		this.stack.kafka().process().signal("STOP");
		return () -> this.stack.kafka().process().signal("CONT");
	}

	private Fault.Mend killPostgres(String subject, Random random) {
		this.stack.postgres().kill();
		return this.stack::restartPostgres;
	}

	private Fault.Mend freezePostgres(String subject, Random random) {
		this.stack.postgres().signal("STOP");
		return () -> this.stack.postgres().signal("CONT");
	}

}
