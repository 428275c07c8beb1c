package dev.orderflow.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Record headers in two columns of the same length, {@code header_names} and
 * {@code header_values}. Order, repeated names and null values survive; names are bytes
 * because PostgreSQL's text refuses the character NUL and Kafka's headers do not.
 */
public final class HeaderColumns {

	/**
	 * Heap overhead of one header in addition to its name and value, estimated high. On a
	 * topic an empty header takes two bytes.
	 */
	public static final int HEAP_BYTES = 100;

	private HeaderColumns() {
	}

	/** Binds names at {@code index} and values at the next one. */
	public static void bind(PreparedStatement statement, int index, Headers headers) throws SQLException {
		Header[] all = headers.toArray();
		byte[][] names = new byte[all.length][];
		byte[] @Nullable [] values = new byte[all.length][];
		for (int i = 0; i < all.length; i++) {
			names[i] = all[i].key().getBytes(StandardCharsets.UTF_8);
			values[i] = all[i].value();
		}
		Connection connection = statement.getConnection();
		statement.setArray(index, connection.createArrayOf("bytea", names));
		statement.setArray(index + 1, connection.createArrayOf("bytea", values));
	}

	/** Reads the two columns of the current row. */
	public static Headers read(ResultSet row) throws SQLException {
		byte[][] names = bytes(row.getArray("header_names"));
		byte[][] values = bytes(row.getArray("header_values"));
		Headers headers = new RecordHeaders();
		for (int i = 0; i < names.length; i++) {
			headers.add(new String(names[i], StandardCharsets.UTF_8), values[i]);
		}
		return headers;
	}

	private static byte[][] bytes(Array array) throws SQLException {
		return (byte[][]) array.getArray();
	}

}
