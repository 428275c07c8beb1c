package dev.orderflow.testservice;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Superuser access to the test service's database, for queries and faults. */
@Component
public class Superuser {

	private final String url;

	public Superuser(@Value("${spring.datasource.url}") String url) {
		this.url = url;
	}

	/** A connection that no connection limit stops. The caller closes it. */
	public Connection connect() throws SQLException {
		return DriverManager.getConnection(this.url, "postgres", "");
	}

	public void execute(String sql) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not execute " + sql, ex);
		}
	}

	/** The first column of the first row; zero when there is none. */
	public int queryForInt(String sql) {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			return row.next() ? row.getInt(1) : 0;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not query " + sql, ex);
		}
	}

	/** The server process of a session of this database, zero when there is none. */
	public int pidOf(String applicationName) {
		return queryForInt("""
				select pid
				from pg_stat_activity
				where datname = current_database() and application_name = '%s'
				order by backend_start desc
				limit 1""".formatted(applicationName));
	}

	/** Ends a session and returns the process id that it had. */
	public int terminate(String applicationName) {
		int pid = pidOf(applicationName);
		terminate(pid);
		return pid;
	}

	public void terminate(int pid) {
		execute("select pg_terminate_backend(%d, 5000)".formatted(pid));
	}

	/** The database refuses the service, and every session of the service ends. */
	public void beginOutage() {
		execute("do $$ begin execute format('alter database %I connection limit 0', current_database()); end $$");
		execute("""
				select pg_terminate_backend(pid, 5000)
				from pg_stat_activity
				where datname = current_database() and pid <> pg_backend_pid()""");
	}

	public void endOutage() {
		execute("do $$ begin execute format('alter database %I connection limit -1', current_database()); end $$");
	}

}
