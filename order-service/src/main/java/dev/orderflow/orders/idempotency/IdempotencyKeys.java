package dev.orderflow.orders.idempotency;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.orderflow.retention.ExpiredRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys that customers sent, each with the answer it got. A key is stored in the
 * transaction of its order: if that rolls back, the key was never used; once it has
 * committed, every later request with the key gets the first answer, even if the first
 * one never arrived. That holds for {@link #KEPT}; after that the key is free again.
 *
 * <p>
 * While a transaction works with a key, it holds an advisory lock, which PostgreSQL
 * releases with the transaction or its session, so a crash blocks nobody. The lock only
 * tells other requests at once that the key is in flight; the primary key of the table
 * ensures that a key is used once.
 */
@Repository
public class IdempotencyKeys {

	/** How long a key is kept. */
	public static final Duration KEPT = Duration.ofHours(24);

	private static final int DELETE_BATCH_SIZE = 1000;

	private static final Logger logger = LoggerFactory.getLogger(IdempotencyKeys.class);

	private final JdbcClient jdbc;

	private final ExpiredRows expired;

	private final Clock clock;

	IdempotencyKeys(JdbcTemplate jdbc, Clock clock) {
		this.jdbc = JdbcClient.create(jdbc);
		this.expired = new ExpiredRows(jdbc, "idempotency_key", "used_at");
		this.clock = clock;
	}

	/**
	 * Looks a customer's key up, and holds it until the running transaction ends.
	 * @param requestDigest equal for equal requests
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Claim claim(String customerId, IdempotencyKey key, byte[] requestDigest) {
		if (!lock(customerId, key)) {
			return new Claim.InFlight();
		}
		// Runs after the lock and in a statement of its own, so that it sees what the
		// last holder stored.
		return this.jdbc.sql("""
				select request_digest, order_id, answer
				from idempotency_key
				where customer_id = :customerId
				  and key = :key
				  and used_at > :expired
				""")
			.param("customerId", customerId)
			.param("key", key.value())
			.param("expired", utc(expiredBefore()))
			.query((row, number) -> MessageDigest.isEqual(requestDigest, row.getBytes("request_digest"))
					? new Claim.Answered(row.getObject("order_id", UUID.class), row.getBytes("answer"))
					: new Claim.OfAnotherRequest())
			.optional()
			.orElseGet(Claim.Free::new);
	}

	private boolean lock(String customerId, IdempotencyKey key) {
		// A key contains no space, so that different pairs give different text.
		return this.jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:key || ' ' || :customerId, 0))")
			.param("key", key.value())
			.param("customerId", customerId)
			.query(Boolean.class)
			.single();
	}

	/** Stores the answer to the request that holds the key. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void store(String customerId, IdempotencyKey key, byte[] requestDigest, Claim.Answered answered) {
		int stored = this.jdbc.sql("""
				insert into idempotency_key (customer_id, key, request_digest, order_id, answer, used_at)
				values (:customerId, :key, :requestDigest, :orderId, :answer, :now)
				on conflict (customer_id, key) do update
				set request_digest = excluded.request_digest,
				  order_id = excluded.order_id,
				  answer = excluded.answer,
				  used_at = excluded.used_at
				where idempotency_key.used_at <= :expired
				""")
			.param("customerId", customerId)
			.param("key", key.value())
			.param("requestDigest", requestDigest)
			.param("orderId", answered.orderId())
			.param("answer", answered.answer())
			.param("now", utc(this.clock.instant()))
			.param("expired", utc(expiredBefore()))
			.update();
		if (stored != 1) {
			throw new IllegalStateException("The idempotency key is already used; the order was " + answered.orderId()
					+ ", which is not placed");
		}
	}

	/** Deletes expired keys to reclaim space; they count as free even before that. */
	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
	void deleteExpired() {
		long deleted = ExpiredRows.deleteInBatches(DELETE_BATCH_SIZE,
				() -> this.expired.deleteBatch(expiredBefore(), DELETE_BATCH_SIZE));
		if (deleted > 0) {
			logger.info("idempotency keys deleted: count={} olderThan={}", deleted, KEPT);
		}
	}

	private Instant expiredBefore() {
		return this.clock.instant().minus(KEPT);
	}

	private static OffsetDateTime utc(Instant instant) {
		return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

}
