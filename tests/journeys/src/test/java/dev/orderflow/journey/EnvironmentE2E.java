package dev.orderflow.journey;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.orderflow.audit.Reconcile;
import dev.orderflow.demo.Stack;
import dev.orderflow.servers.ChildProcess;
import dev.orderflow.setup.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the commands for an environment that runs elsewhere tell right from wrong by
 * their exit status. Method: the whole system, and the commands as processes of their
 * own, which know it by its addresses alone; then the parcels hold twice as much.
 */
@ExtendWith(WholeSystem.Shared.class)
class EnvironmentE2E {

	private static final Duration BOUND = Duration.ofMinutes(2);

	@TempDir
	Path logs;

	private int runs;

	@Test
	void reconcilesARunningSystemAndNoticesWhatIsWrong(WholeSystem system) throws SQLException {
		Stack stack = system.stack();
		Map<String, String> addresses = Map.of("PGPORT", Integer.toString(system.settings().postgresPort()),
				"KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(), "ORDER_SERVICE_URL",
				stack.instance("order-service").uri().toString(), "CLASSPATH", System.getProperty("java.class.path"));

		ChildProcess setup = run(addresses, Setup.class);
		assertThat(setup.awaitExit(BOUND)).as(setup.output()).isZero();
		ChildProcess right = run(addresses, Reconcile.class, "--orders", "50");
		assertThat(right.awaitExit(BOUND)).as(right.output()).isZero();
		assertThat(right.output()).contains("All adds up: 50 orders");

		inParcels(stack, "update parcel_line set quantity = 2 * quantity");
		ChildProcess wrong = run(addresses, Reconcile.class, "--orders", "0");
		assertThat(wrong.awaitExit(BOUND)).as(wrong.output()).isOne();
		assertThat(wrong.output()).contains("DOES NOT ADD UP", "orders whose units are all in parcels");
		inParcels(stack, "update parcel_line set quantity = quantity / 2");

		ChildProcess nowhere = run(addresses, Reconcile.class, "--url", "http://localhost:1", "--wait", "1");
		assertThat(nowhere.awaitExit(BOUND)).isOne();
		assertThat(nowhere.output()).contains("order-service on http://localhost:1 is not available",
				"ORDER_SERVICE_URL");
	}

	private static void inParcels(Stack stack, String sql) throws SQLException {
		try (Connection shipping = Objects.requireNonNull(stack.databases().get("shipping-service")).connectAsOwner();
				Statement statement = shipping.createStatement()) {
			statement.execute(sql);
		}
	}

	private ChildProcess run(Map<String, String> environment, Class<?> program, String... arguments) {
		List<String> command = new ArrayList<>(List.of(ChildProcess.javaExecutable(), "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", program.getName()));
		command.addAll(List.of(arguments));
		return ChildProcess.start(program.getSimpleName(), command, environment,
				this.logs.resolve("command-" + ++this.runs + ".log"));
	}

}
