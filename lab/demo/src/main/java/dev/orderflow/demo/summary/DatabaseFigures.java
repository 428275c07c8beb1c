package dev.orderflow.demo.summary;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import dev.orderflow.setup.Database;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows in one service's database, over one connection, which is reopened if it
 * breaks.
 */
final class DatabaseFigures implements AutoCloseable {

	private static final String OUTBOX_AND_DEAD_LETTERS = """
			select
			  (select count(*) from outbox_event where parked_at is null),
			  (select count(*) from outbox_event where parked_at is not null),
			  (select count(*) from dead_letter where state not in ('RESOLVED', 'PURGED'))""";

	private static final String ORDERS = """
			select
			  count(*),
			  count(*) filter (where status = 'CONFIRMED'),
			  count(*) filter (where status = 'REJECTED'),
			  count(*) filter (where status = 'SHIPPED'),
			  count(*) filter (where status = 'CANCELLED')
			from customer_order""";

	private final Database database;

	private final boolean hasOrders;

	private final int answerMillisMax;

	private @Nullable Connection connection;

	/**
	 * Figures of that database.
	 * @param hasOrders whether the database stores the orders
	 */
	DatabaseFigures(Database database, boolean hasOrders, Duration answerMax) {
		this.database = database;
		this.hasOrders = hasOrders;
		this.answerMillisMax = Math.toIntExact(answerMax.toMillis());
	}

	synchronized Counts read() throws SQLException {
		Connection open = open();
		try (Statement statement = open.createStatement()) {
			Summary.Orders orders = new Summary.Orders(0, 0, 0, 0, 0);
			if (this.hasOrders) {
				try (ResultSet row = statement.executeQuery(ORDERS)) {
					row.next();
					orders = new Summary.Orders(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4),
							row.getLong(5));
				}
			}
			try (ResultSet row = statement.executeQuery(OUTBOX_AND_DEAD_LETTERS)) {
				row.next();
				return new Counts(orders, row.getLong(1), row.getLong(2), row.getLong(3));
			}
		}
		catch (SQLException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public synchronized void close() {
		Connection closing = this.connection;
		this.connection = null;
		if (closing != null) {
			try {
				closing.close();
			}
			catch (SQLException ex) {
				// The connection was already broken and is no longer used.
			}
		}
	}

	private Connection open() throws SQLException {
		if (this.connection == null) {
			DriverManager.setLoginTimeout(Math.max(1, this.answerMillisMax / 1000));
			Connection opened = this.database.connect();
			opened.setNetworkTimeout(Runnable::run, this.answerMillisMax);
			this.connection = opened;
		}
		return this.connection;
	}

	/**
	 * What one service's database holds.
	 *
	 * @param orders orders; none where there is no such table
	 * @param pending outbox rows that wait
	 * @param parked outbox rows that are parked
	 * @param deadLetters dead letters that are still open
	 */
	record Counts(Summary.Orders orders, long pending, long parked, long deadLetters) {
	}

}
