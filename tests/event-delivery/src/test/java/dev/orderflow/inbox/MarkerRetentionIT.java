package dev.orderflow.inbox;

import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import dev.orderflow.settings.Backoff;
import dev.orderflow.testservice.RunningTestService;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: markers are deleted after their retention and not before, in small transactions.
 * Method: markers around the end of the retention, a fixed clock, and one row locked by
 * another session.
 */
class MarkerRetentionIT extends RunningTestService {

	private static final Instant NOW = Instant.parse("2020-01-01T00:00:00Z");

	private static final Instant BORDER = NOW.minus(Duration.ofDays(45));

	private static final int BATCH = 10;

	@Autowired
	private JdbcTemplate template;

	@Autowired
	private TransactionTemplate transaction;

	private Markers markers;

	@BeforeEach
	void fixTheClock() {
		this.markers = new Markers(this.template, Clock.fixed(NOW, ZoneOffset.UTC));
		this.jdbc.sql("delete from inbox_marker where handler = 'retention'").update();
	}

	@Test
	void deletesOldMarkersOnly() {
		insert("old", 35, BORDER.minusMillis(1));
		insert("young", 5, BORDER);

		retention().deleteExpired();

		assertThat(markersLike("old%")).isZero();
		assertThat(markersLike("young%")).isEqualTo(5);
	}

	@Test
	void deletesNoMoreThanABatchAtATime() {
		insert("old", BATCH + 1, BORDER.minusMillis(1));

		assertThat(this.markers.deleteOlderThan(Duration.ofDays(45), BATCH)).isEqualTo(BATCH);
		assertThat(this.markers.deleteOlderThan(Duration.ofDays(45), BATCH)).isEqualTo(1);
	}

	@Test
	void skipsRowsThatAnotherReplicaDeletes() throws Exception {
		insert("old", 3, BORDER.minusMillis(1));
		try (Connection other = this.superuser.connect(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("delete from inbox_marker where event_id = 'old1'");

			assertThat(this.markers.deleteOlderThan(Duration.ofDays(45), BATCH)).isEqualTo(2);
			other.rollback();
		}
	}

	@Test
	void returnsFreshEventsOnceInTheirOrder() {
		List<ReceivedEvent<String>> events = List.of(event("c"), event("a"), event("c"), event("b"));

		List<ReceivedEvent<String>> fresh = this.transaction
			.execute((status) -> this.markers.insert("retention", events));
		List<ReceivedEvent<String>> again = this.transaction
			.execute((status) -> this.markers.insert("retention", events));

		assertThat(fresh).extracting(ReceivedEvent::id).containsExactly("c", "a", "b");
		assertThat(again).isEmpty();
	}

	private static ReceivedEvent<String> event(String id) {
		URI source = URI.create("/test");
		return new ReceivedEvent<>(id, source, "test", NOW, null, 0, "data",
				CloudEventBuilder.v1().withId(id).withSource(source).withType("test").build());
	}

	private MarkerRetention retention() {
		return new MarkerRetention(this.markers,
				new InboxProperties(500, 5000, DataSize.ofMegabytes(4), 4, 50, Duration.ofSeconds(5),
						new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), Duration.ofMinutes(2),
						Duration.ofDays(45), Duration.ofHours(1), BATCH, Duration.ofHours(1), Duration.ofHours(1),
						Duration.ofMinutes(1)));
	}

	private void insert(String idPrefix, int count, Instant processedAt) {
		this.jdbc.sql("""
				insert into inbox_marker (handler, source, event_id, processed_at)
				select 'retention', '/test', :prefix || i, :processedAt
				from generate_series(1, :count) as i""")
			.param("prefix", idPrefix)
			.param("processedAt", OffsetDateTime.ofInstant(processedAt, ZoneOffset.UTC))
			.param("count", count)
			.update();
	}

	private int markersLike(String pattern) {
		return this.jdbc.sql("select count(*) from inbox_marker where handler = 'retention' and event_id like :pattern")
			.param("pattern", pattern)
			.query(Integer.class)
			.single();
	}

}
