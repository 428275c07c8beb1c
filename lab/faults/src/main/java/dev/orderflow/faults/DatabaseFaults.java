package dev.orderflow.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.orderflow.demo.Stack;
import dev.orderflow.setup.Database;
import dev.orderflow.setup.DatabaseSetup;
import dev.orderflow.topology.Service;

/** Faults of what a single service needs: its database, a lock in it, the carrier. */
final class DatabaseFaults {

	/** Tables that every service writes in the transactions of its events. */
	private static final List<String> LOCKED = List.of("inbox_marker", "outbox_event", "dead_letter");

	private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

	private final Stack stack;

	DatabaseFaults(Stack stack) {
		this.stack = stack;
	}

	List<Fault> all() {
		List<String> services = this.stack.topology().services().stream().map(Service::name).toList();
		return List.of(Fault.of("database-closed", services, 4, 20, this::close),
				Fault.of("lock-held", services, 6, 30, this::lock),
				Fault.of("carrier-failing", List.of("carrier"), 8, 20, this::failTheCarrier));
	}

	/** Refuses new sessions of one service's database, and ends those that it has. */
	private Fault.Mend close(String service, Random random) throws SQLException {
		String database = this.stack.topology().service(service).database();
		asAdministrator("alter database \"%s\" connection limit 0".formatted(database));
		asAdministrator("""
				select pg_terminate_backend(pid)
				from pg_stat_activity
				where datname = '%s'""".formatted(database));
		return () -> asAdministrator("alter database \"%s\" connection limit -1".formatted(database));
	}

	private void asAdministrator(String sql) throws SQLException {
		try (Connection server = new DatabaseSetup(this.stack.postgres().port()).connect();
				Statement statement = server.createStatement()) {
			statement.execute(sql);
		}
	}

	/** A session that keeps every writer of one table waiting. */
	private Fault.Mend lock(String service, Random random) throws SQLException {
		Database database = this.stack.databases().get(service);
		if (database == null) {
			throw new IllegalArgumentException("No database of " + service);
		}
		Connection session = database.connectAsOwner();
		try (Statement statement = session.createStatement()) {
			session.setAutoCommit(false);
			statement.execute("lock table %s in exclusive mode".formatted(LOCKED.get(random.nextInt(LOCKED.size()))));
		}
		catch (SQLException ex) {
			session.close();
			throw ex;
		}
		return session::close;
	}

	/** Fails most calls, or all. */
	private Fault.Mend failTheCarrier(String subject, Random random) throws Exception {
		behave(20, random.nextBoolean() ? 1 : 0.8);
		return () -> behave(20, 0);
	}

	private void behave(int latencyMillis, double failureRate) throws Exception {
		URI behaviour = this.stack.carrier().resolve("/behaviour");
		try (HttpClient http = HttpClient.newHttpClient()) {
			HttpResponse<String> answer = http.send(HttpRequest.newBuilder(behaviour)
				.timeout(ANSWER_MAX)
				.header("Content-Type", "application/json")
				.PUT(BodyPublishers
					.ofString("{\"latencyMillis\": %d, \"failureRate\": %s}".formatted(latencyMillis, failureRate)))
				.build(), BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException("Expected the carrier to take its behaviour, found status %d: %s"
					.formatted(answer.statusCode(), answer.body()));
			}
		}
	}

}
