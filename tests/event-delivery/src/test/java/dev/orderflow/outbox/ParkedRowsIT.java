package dev.orderflow.outbox;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static dev.orderflow.testservice.ThingRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: an operator sees what is parked and releases a key's rows at once; the running
 * relay publishes them in order. Method: rows too large to send, with others behind them,
 * are made small and released.
 */
class ParkedRowsIT extends OutboxTest {

	private static final int TOO_LARGE = 3 * 1024 * 1024;

	@Autowired
	private ParkedRows parkedRows;

	@Test
	void listsParkedRowsWithTheirReasons() {
		park("listed", 2);

		List<ParkedRows.ParkedRow> rows = parkedRowsOf("listed");

		assertThat(rows).hasSize(2).allMatch((row) -> row.topic().equals(PARCELS));
		assertThat(rows.getFirst().reason()).startsWith("Record too large");
		assertThat(rows.getFirst().bytes()).isEqualTo(TOO_LARGE);
		assertThat(rows.getLast().reason()).isEqualTo("behind " + rows.getFirst().id());
		assertThat(this.parkedRows.list(rows.getLast().id(), 100)).noneMatch((row) -> row.id() <= rows.getLast().id());
		discard("listed");
	}

	@Test
	void releasesAllRowsOfAKeyInOrderToTheRunningRelay() {
		park("released", 3);
		park("kept", 2);
		shrink("released");

		assertThat(release(parkedRowsOf("released").get(1).id())).isEqualTo(3);

		awaitPublished("released", 3);
		assertThat(valuesOf(PARCELS, "released")).containsExactly("first", "1", "2");
		assertThat(parkedRowsOf("kept")).hasSize(2);
		assertThat(release(parkedRowsOf("kept").getLast().id() + 1_000_000)).isZero();
		discard("kept");
	}

	/**
	 * The relay has read a page with a later row of the key and waits while it parks
	 * another row of that page. Meanwhile the key is released: its earlier rows are not
	 * in that page.
	 */
	@Test
	void sendsNoLaterRowOfAKeyThatIsReleasedWhileTheRelayReadsItsPage() throws Exception {
		append(aParcel("before-race", "1"));
		awaitPublished("before-race", 1); // the relay knows the topic from now on
		park("raced", 1);
		park("barrier", 1);
		shrink("raced");
		this.superuser.execute("""
				create function wait_for_the_test() returns trigger language plpgsql as
				$$ begin perform pg_advisory_xact_lock(4711); return new; end $$""");
		this.superuser.execute(
				"""
						create trigger wait_for_the_test before update on outbox_event for each row
						when (new.message_key = 'barrier' and new.parked_at is not null) execute function wait_for_the_test()""");
		try (Connection test = this.superuser.connect(); Statement statement = test.createStatement()) {
			statement.execute("select pg_advisory_lock(4711)");
			append(aParcel("barrier", "later"), aParcel("raced", "later"));
			await().until(() -> this.superuser.queryForInt("""
					select count(*)
					from pg_locks
					where locktype = 'advisory' and objid = 4711 and not granted""") == 1);

			assertThat(release(parkedRowsOf("raced").getFirst().id())).isEqualTo(1);
			statement.execute("select pg_advisory_unlock(4711)");

			awaitPublished("raced", 2);
			assertThat(valuesOf(PARCELS, "raced")).containsExactly("first", "later");
		}
		finally {
			this.superuser.execute("drop function wait_for_the_test() cascade");
			discard("barrier");
		}
	}

	/** A first row that is too large, and others behind it. */
	private void park(String key, int rows) {
		append(new ProducerRecord<>(PARCELS, bytes(key), new byte[TOO_LARGE]));
		for (int i = 1; i < rows; i++) {
			append(aParcel(key, Integer.toString(i)));
		}
		await().untilAsserted(() -> assertThat(parkedRowsOf(key)).hasSize(rows));
	}

	private void shrink(String key) {
		this.jdbc.sql("""
				update outbox_event
				set payload = 'first'
				where message_key = :key and octet_length(payload) > 1000""").param("key", bytes(key)).update();
	}

	private int release(long id) {
		return this.transaction.execute((status) -> this.parkedRows.release(id));
	}

	private List<ParkedRows.ParkedRow> parkedRowsOf(String key) {
		return this.parkedRows.list(0, 1000).stream().filter((row) -> key.equals(new String(row.keyStart()))).toList();
	}

}
