package dev.orderflow.deadletter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import dev.orderflow.testservice.RunningTestService;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: settled letters and audit rows are deleted after their retention, and open and
 * parked letters never. Method: rows around the end of the retention, and a fixed clock.
 */
class DeadLetterRetentionIT extends RunningTestService {

	private static final Instant NOW = Instant.parse("2020-01-01T00:00:00Z");

	@Autowired
	private JdbcTemplate template;

	@Test
	void deletesSettledLettersAndAuditRowsAfterTheirRetentionOnly() {
		insertLetter("expired-resolved", "RESOLVED", NOW.minus(Duration.ofDays(46)));
		insertLetter("expired-purged", "PURGED", NOW.minus(Duration.ofDays(46)));
		insertLetter("young", "RESOLVED", NOW.minus(Duration.ofDays(44)));
		insertLetter("open", "OPEN", null);
		insertLetter("parked", "PARKED", null);
		insertAudit("expired-audit", NOW.minus(Duration.ofDays(401)));
		insertAudit("young-audit", NOW.minus(Duration.ofDays(399)));

		new DeadLetterRetention(this.template, new DeadLetterProperties(5, Duration.ofDays(45), Duration.ofDays(400), 1,
				Duration.ofDays(1), Duration.ofDays(1)), Clock.fixed(NOW, ZoneOffset.UTC))
			.deleteExpired();

		assertThat(this.jdbc.sql("select handler from dead_letter where origin_topic = 'retention' order by 1")
			.query(String.class)
			.list()).containsExactly("open", "parked", "young");
		assertThat(this.jdbc.sql("select operator from operator_audit where action = 'RETENTION'")
			.query(String.class)
			.list()).containsExactly("young-audit");
	}

	private void insertLetter(String handler, String state, Instant settledAt) {
		this.jdbc.sql("""
				insert into dead_letter (handler, origin_topic, origin_partition, origin_offset, digest, header_names,
				  header_values, reason, attempts, dead_at, state, settled_at)
				values (:handler, 'retention', 0, 0, convert_to(:handler, 'UTF8'), '{}', '{}', 'reason', 1,
				  '2019-01-01T00:00:00Z', :state, :settledAt::timestamptz)""")
			.param("handler", handler)
			.param("state", state)
			.param("settledAt", (settledAt != null) ? OffsetDateTime.ofInstant(settledAt, ZoneOffset.UTC) : null)
			.update();
	}

	private void insertAudit(String operator, Instant at) {
		this.jdbc.sql("""
				insert into operator_audit (at, operator, action, dead_letter_id, outcome)
				values (:at, :operator, 'RETENTION', 1, 'none')""")
			.param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
			.param("operator", operator)
			.update();
	}

}
