package dev.orderflow.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.IntSupplier;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Deletes expired rows of a table in bounded batches, each in its own transaction: no
 * long lock, no long transaction. Concurrent replicas skip each other's rows.
 */
public final class ExpiredRows {

	private static final int BATCHES_PER_RUN_MAX = 1000;

	private final JdbcTemplate jdbc;

	private final String delete;

	/**
	 * Rows of {@code table} expire by the time in {@code column}, the leading column of
	 * an index; both are names, not input.
	 */
	public ExpiredRows(JdbcTemplate jdbc, String table, String column) {
		this.jdbc = jdbc;
		this.delete = """
				delete from %1$s
				where ctid = any (array(
				  select ctid
				  from %1$s
				  where %2$s < ?
				  order by %2$s
				  limit ?
				  for update skip locked
				))""".formatted(table, column);
	}

	/**
	 * Deletes up to {@code limit} rows from before a moment.
	 * @return how many
	 */
	public int deleteBatch(Instant before, int limit) {
		return this.jdbc.update(this.delete, OffsetDateTime.ofInstant(before, ZoneOffset.UTC), limit);
	}

	/**
	 * Deletes batches until one is not full, at most {@value #BATCHES_PER_RUN_MAX}; the
	 * next run deletes the rest.
	 * @param limit rows of a full batch
	 * @return how many rows were deleted
	 */
	public static long deleteInBatches(int limit, IntSupplier batch) {
		long deleted = 0;
		for (int batches = 0; batches < BATCHES_PER_RUN_MAX; batches++) {
			int inBatch = batch.getAsInt();
			deleted += inBatch;
			if (inBatch < limit) {
				break;
			}
		}
		return deleted;
	}

}
