package dev.orderflow.outbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows that the broker refused permanently, with the later rows of their keys: what
 * an operator sees of them, and how they are released.
 */
public final class ParkedRows {

	private static final String LIST = """
			select id, topic, substring(message_key from 1 for 256) as key_start, coalesce(octet_length(payload), 0) as bytes,
			  created_at, parked_at, left(parked_reason, 1000) as reason
			from outbox_event
			where parked_at is not null
			  and id > ?
			order by id
			limit ?""";

	/** A row without a key has no order with others. */
	private static final String RELEASE = """
			update outbox_event
			set parked_at = null, parked_reason = null
			where id = any (array(
			  select mate.id
			  from outbox_event as named
			  join outbox_event as mate
			    on mate.id = named.id
			    or (mate.topic = named.topic and mate.message_key = named.message_key)
			  where named.id = ?
			    and named.parked_at is not null
			    and mate.parked_at is not null
			  order by mate.id
			  for update of mate
			))""";

	private final JdbcTemplate jdbc;

	private final Outbox outbox;

	ParkedRows(JdbcTemplate jdbc, Outbox outbox) {
		this.jdbc = jdbc;
		this.outbox = outbox;
	}

	/** Up to {@code limit} rows with higher ids than {@code after}, by ascending id. */
	public List<ParkedRow> list(long after, int limit) {
		return this.jdbc.query(LIST,
				(row, number) -> new ParkedRow(row.getLong("id"), row.getString("topic"), row.getBytes("key_start"),
						row.getInt("bytes"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
						row.getObject("parked_at", OffsetDateTime.class).toInstant(), row.getString("reason")),
				after, limit);
	}

	/**
	 * Releases a row and all other parked rows of its key, in the running transaction.
	 * The relay publishes them in their order, before any later row of the key; what the
	 * broker refuses again is parked again.
	 * @return how many rows; 0 if the row is not parked
	 */
	public int release(long id) {
		int released = this.jdbc.update(RELEASE, id);
		this.outbox.publishAfterCommit();
		return released;
	}

	/**
	 * A parked row.
	 *
	 * @param keyStart the first 256 bytes of the key; null if it has none
	 * @param bytes length of the payload
	 * @param createdAt when its transaction began
	 * @param reason what the broker said, or behind which row it waits
	 */
	public record ParkedRow(long id, String topic, byte @Nullable [] keyStart, int bytes, Instant createdAt,
			Instant parkedAt, String reason) {
	}

}
