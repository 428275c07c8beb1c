package dev.orderflow.orders.idempotency;

import java.sql.Connection;
import java.time.Duration;

import javax.sql.DataSource;

import dev.orderflow.orders.OrderServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: expired keys are deleted without blocking other sessions. Method: keys of every
 * age in the table, one of them locked by another session.
 */
@OrderServiceTest
class ExpiredKeysIT {

	private static final int EXPIRED = 2500;

	@Autowired
	private IdempotencyKeys keys;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private DataSource dataSource;

	@BeforeEach
	void storeKeys() {
		this.jdbc.sql("delete from idempotency_key").update();
		this.jdbc
			.sql("""
					insert into customer_order (id, customer_id, status, total_cents, currency, ship_to_name,
					  ship_to_street, ship_to_city, ship_to_postal_code, ship_to_country, placed_at)
					values ('01981c7e-0000-7000-8000-000000000001', 'c', 'PLACED', 2, 'EUR', 'n', 's', 'c', 'p', 'DE', now())
					on conflict do nothing
					""")
			.update();
		insert("expired-", EXPIRED, IdempotencyKeys.KEPT.plusSeconds(1));
		insert("kept-", 3, IdempotencyKeys.KEPT.minusMinutes(1));
	}

	@Test
	void areDeletedInBatches() {
		this.keys.deleteExpired();

		assertThat(count("expired-")).isZero();
		assertThat(count("kept-")).isEqualTo(3);
	}

	@Test
	void areSkippedWhileAnotherReplicaLocksThem() throws Exception {
		try (Connection other = this.dataSource.getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().execute("delete from idempotency_key where key = 'expired-1'");

			this.keys.deleteExpired();

			assertThat(count("expired-")).isOne();
			other.rollback();
		}
	}

	private void insert(String prefix, int count, Duration age) {
		this.jdbc.sql("""
				insert into idempotency_key (customer_id, key, request_digest, order_id, answer, used_at)
				select 'c', :prefix || i, '', '01981c7e-0000-7000-8000-000000000001', '',
				  now() - :seconds * interval '1 second'
				from generate_series(1, :count) as i
				""").param("prefix", prefix).param("count", count).param("seconds", age.toSeconds()).update();
	}

	private int count(String prefix) {
		return this.jdbc.sql("select count(*) from idempotency_key where key like :prefix || '%'")
			.param("prefix", prefix)
			.query(Integer.class)
			.single();
	}

}
