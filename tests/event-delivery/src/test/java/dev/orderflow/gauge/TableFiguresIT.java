package dev.orderflow.gauge;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import dev.orderflow.testservice.RunningTestService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: gauges report the rows of the tables, and a scrape takes the same time in every
 * state of the database. Method: a running service; rows inserted by the test; the tables
 * locked and the database closed while the gauges are read.
 */
class TableFiguresIT extends RunningTestService {

	/** Too many for the bound if each one queried the database. */
	private static final int SCRAPES = 10_000;

	private static final List<String> NAMES = List.of("outbox.pending", "outbox.parked", "outbox.oldest.age",
			"dead.letter.open", "dead.letter.parked", "dead.letter.oldest.age");

	@Autowired
	private MeterRegistry meters;

	@AfterEach
	void deleteRows() {
		this.jdbc.sql("delete from outbox_event where parked_reason = 'test'").update();
		this.jdbc.sql("delete from dead_letter where handler = 'gauges'").update();
	}

	@Test
	void reportsTheRowsOfTheTables() {
		double parked = awaitFigure("outbox.parked");
		double open = awaitFigure("dead.letter.open");
		double setAside = awaitFigure("dead.letter.parked");
		this.jdbc.sql("""
				insert into outbox_event (topic, header_names, header_values, parked_at, parked_reason)
				values ('parcels', '{}', '{}', now(), 'test')""").update();
		insertDeadLetter(1, "OPEN");
		insertDeadLetter(2, "RESOLVED");
		insertDeadLetter(3, "PARKED");

		await().untilAsserted(() -> {
			assertThat(figure("outbox.parked") - parked).isEqualTo(1);
			assertThat(figure("dead.letter.open") - open).as("unresolved dead letters").isEqualTo(1);
			assertThat(figure("dead.letter.parked") - setAside).as("parked dead letters").isEqualTo(1);
			assertThat(figure("dead.letter.oldest.age")).isGreaterThanOrEqualTo(60 * 60);
		});
	}

	@Test
	void reportsTheNumberAndAgeOfWaitingRows() throws SQLException {
		double pending = awaitFigure("outbox.pending");
		try (Connection other = this.superuser.connect(); Statement rows = other.createStatement()) {
			rows.execute("""
					insert into outbox_event (topic, header_names, header_values, created_at)
					values ('not-there', '{}', '{}', now() - interval '1 hour')""");
			await().untilAsserted(() -> {
				assertThat(figure("outbox.pending") - pending).isEqualTo(1);
				assertThat(figure("outbox.oldest.age")).isGreaterThanOrEqualTo(60 * 60);
			});
			rows.execute("delete from outbox_event where topic = 'not-there'");
		}
		await().untilAsserted(() -> assertThat(figure("outbox.oldest.age")).isLessThan(60 * 60));
	}

	@Test
	void isMissingAtOnceWhileTheTableCannotBeRead() throws Exception {
		awaitFigure("outbox.pending");
		try (Connection other = this.superuser.connect(); Statement lock = other.createStatement()) {
			other.setAutoCommit(false);
			lock.execute("lock table outbox_event in access exclusive mode");
			await().until(() -> Double.isNaN(figure("outbox.pending")));
			assertThat(figure("dead.letter.open")).as("gauge of another table").isNotNaN();
			await().until(this::scrapeOften);
			other.rollback();
		}
		awaitFigure("outbox.pending");
	}

	@Test
	void isMissingAtOnceWhileTheDatabaseIsDown() {
		NAMES.forEach(this::awaitFigure);
		this.superuser.beginOutage();
		try {
			await().until(() -> NAMES.stream().allMatch((name) -> Double.isNaN(figure(name))));
			await().until(this::scrapeOften);
		}
		finally {
			this.superuser.endOutage();
		}
		NAMES.forEach(this::awaitFigure);
		await().alias("other tests expect a relay that leads").until(this::isSomebodyLeading);
	}

	private boolean isSomebodyLeading() {
		return this.superuser.queryForInt("""
				select count(*)
				from pg_locks
				where locktype = 'advisory'
				  and granted
				  and database = (select oid from pg_database where datname = current_database())""") > 0;
	}

	private boolean scrapeOften() {
		for (int i = 0; i < SCRAPES; i++) {
			NAMES.forEach(this::figure);
		}
		return true;
	}

	private void insertDeadLetter(int offset, String state) {
		this.jdbc.sql("""
				insert into dead_letter (handler, origin_topic, origin_partition, origin_offset, header_names,
				  header_values, reason, attempts, state, dead_at)
				values ('gauges', 'gauges', 0, :offset, '{}', '{}', 'test', 1, :state, now() - interval '1 hour')""")
			.param("offset", offset)
			.param("state", state)
			.update();
	}

	private double awaitFigure(String name) {
		await().until(() -> !Double.isNaN(figure(name)));
		return figure(name);
	}

	private double figure(String name) {
		Gauge gauge = this.meters.get(name).gauge();
		return gauge.value();
	}

}
