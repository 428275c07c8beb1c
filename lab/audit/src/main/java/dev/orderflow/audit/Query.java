package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Reads rows. */
final class Query {

	private static final int FETCH_ROWS = 5000;

	private Query() {
	}

	static void forEach(Connection database, String sql, RowReader reader) throws SQLException {
		try (PreparedStatement statement = database.prepareStatement(sql)) {
			statement.setFetchSize(FETCH_ROWS);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					reader.read(rows);
				}
			}
		}
	}

	static long count(Connection database, String table) throws SQLException {
		AtomicLong count = new AtomicLong();
		forEach(database, "select count(*) from " + table, (row) -> count.set(row.getLong(1)));
		return count.get();
	}

	static UUID id(ResultSet row, int column) throws SQLException {
		return row.getObject(column, UUID.class);
	}

	/** Takes what it needs from the current row. */
	@FunctionalInterface
	interface RowReader {

		void read(ResultSet row) throws SQLException;

	}

}
