package dev.orderflow.inbox;

import java.util.List;

import dev.orderflow.outbox.Outbox;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.to;
import static dev.orderflow.testservice.ThingRecords.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: each event has its effect once. Method: events twice in a batch, in two batches
 * and on the replay topic; handlers that fail after they have written; then the service's
 * tables and topics are read.
 */
class InboxIT extends InboxTest {

	@Autowired
	private Outbox outbox;

	@Test
	void appliesAnEventOnceThatIsTwiceInABatch() {
		this.inbox.accept(batch(aThing("twice-in-one", "a"), aThing("between", "a"), aThing("twice-in-one", "a")));

		assertThat(this.effects.effectsOf("twice-in-one")).isEqualTo(1);
		assertThat(this.effects.effectsOf("between")).isEqualTo(1);
	}

	@Test
	void appliesAnEventOnceThatIsInTwoBatches() {
		double duplicates = count("duplicate");

		this.inbox.accept(batch(aThing("twice-in-two", "a")));
		this.inbox.accept(batch(aThing("twice-in-two", "a"), aThing("fresh-beside", "a")));

		assertThat(this.effects.effectsOf("twice-in-two")).isEqualTo(1);
		assertThat(this.effects.effectsOf("fresh-beside")).isEqualTo(1);
		assertThat(count("duplicate") - duplicates).isEqualTo(1);
	}

	@Test
	void tellsEventsOfTwoSourcesApart() {
		this.inbox.accept(batch(aThing("same-id", "a"), with(aThing("same-id", "a"), "ce_source", "/other")));

		assertThat(this.effects.effectsOf("same-id")).isEqualTo(2);
	}

	@Test
	void ignoresDuplicateDelivery() {
		topics.write(List.of(aThing("redelivered", "a"), aThing("redelivered", "a")));
		writeAndAwaitConsumed(to(REPLAY, aThing("redelivered", "a")));
		writeAndAwaitConsumed(aThing("redelivered", "a"));

		assertThat(this.effects.effectsOf("redelivered")).isEqualTo(1);
	}

	@Test
	void skipsAndCountsTypesThatItDoesNotTake() {
		double skipped = count("skipped");

		this.inbox.accept(batch(anEvent("unknown-type", "test.other.v1", "{}"),
				anEvent("later-major", "test.thing.v2", "{}"), aThing("beside-skipped", "a")));

		assertThat(count("skipped") - skipped).isEqualTo(2);
		assertThat(this.effects.effectsOf("beside-skipped")).isEqualTo(1);
		assertThat(deadLettersOf("unknown-type") + deadLettersOf("later-major")).isZero();
	}

	@Test
	void commitsEffectMarkerAndOutgoingEventsTogetherOrNotAtAll() {
		this.effects.when("appends-and-fails", (event) -> {
			this.outbox.append(List.of(new ProducerRecord<>(PARCELS, bytes(event.id()), bytes("caused"))));
			throw new IllegalStateException("after everything is written");
		});
		this.effects.when("appends", (event) -> this.outbox
			.append(List.of(new ProducerRecord<>(PARCELS, bytes(event.id()), bytes("caused")))));

		this.inbox.accept(batch(aThing("half-done", "appends-and-fails"), aThing("done", "appends")));

		assertThat(this.effects.effectsOf("half-done")).isZero();
		assertThat(markersOf("half-done")).isZero();
		assertThat(this.effects.effectsOf("done")).isEqualTo(1);
		assertThat(markersOf("done")).isEqualTo(1);
		awaitDeadLetterRecord("half-done");
		await().untilAsserted(() -> assertThat(recordsOf(PARCELS, "done")).hasSize(1));
		assertThat(recordsOf(PARCELS, "half-done")).isEmpty();
	}

	@Test
	void tellsEventsApartWhoseIdsAreNotUtf8() {
		ProducerRecord<byte[], byte[]> first = with(aThing("malformed-1", "a"), "ce_id", null);
		first.headers().add("ce_id", new byte[] { 'm', (byte) 0xff });
		ProducerRecord<byte[], byte[]> second = with(aThing("malformed-2", "a"), "ce_id", null);
		second.headers().add("ce_id", new byte[] { 'm', (byte) 0xfe });

		this.inbox.accept(batch(first, second));

		assertThat(deadLettersOf("malformed-1")).isEqualTo(1);
		assertThat(deadLettersOf("malformed-2")).isEqualTo(1);
		assertThat(markersOf("m\ufffd")).isZero();
	}

	@Test
	void refusesAnEventThatWouldOutliveItsMarker() {
		this.inbox.accept(batch(with(aThing("future", "a"), "ce_time", "2099-12-31T00:00:00Z")));

		assertThat(this.effects.effectsOf("future")).isZero();
		assertThat(deadLettersOf("future")).isEqualTo(1);
	}

	private int markersOf(String eventId) {
		return this.jdbc.sql("select count(*) from inbox_marker where event_id = :eventId")
			.param("eventId", eventId)
			.query(Integer.class)
			.single();
	}

}
