package dev.orderflow.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.orderflow.outage.UnavailableException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionSynchronizationManager;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a handler prepares its events before their transaction, as often as necessary,
 * and its failures there count as those in the transaction do. Method: preparations that
 * count, fail or report an outage; then effects, dead letters and offsets are read.
 */
class PreparationIT extends InboxTest {

	private final Map<String, Integer> prepared = new ConcurrentHashMap<>();

	private int countPreparation(String eventId) {
		return this.prepared.merge(eventId, 1, Integer::sum);
	}

	@Test
	void preparesOutsideTheTransaction() {
		List<Boolean> inTransaction = new ArrayList<>();
		this.effects.whenPreparing("observed",
				(event) -> inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive()));
		this.effects.when("observed",
				(event) -> inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive()));

		this.inbox.accept(batch(aThing("observed-1", "observed")));

		assertThat(inTransaction).containsExactly(false, true);
	}

	@Test
	void waitsAnOutageOut() {
		long deadLetters = deadLetters();
		double outages = retries("outage");
		this.effects.whenPreparing("unreachable", (event) -> {
			if (countPreparation(event.id()) <= 2 * ATTEMPTS_MAX) {
				throw new UnavailableException("The other system is out",
						new IllegalStateException("as the test says"));
			}
		});

		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(things("beside-unreachable-", 20));
		records.add(10, aThing("unreachable-1", "unreachable"));
		writeAndAwaitConsumed(records);

		assertThat(retries("outage") - outages).isEqualTo(2 * ATTEMPTS_MAX);
		assertThat(this.effects.effectsOf("unreachable-1")).isEqualTo(1);
		assertAppliedOnce("beside-unreachable-", 20);
		assertThat(deadLetters()).isEqualTo(deadLetters);
	}

	@Test
	void setsOneDefectAsideAndAppliesTheRestOnce() {
		this.effects.whenPreparing("unpreparable", (event) -> {
			countPreparation(event.id());
			throw new IllegalStateException("Expected a thing that can be prepared");
		});
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(things("beside-unpreparable-", 20));
		records.add(10, aThing("unpreparable-1", "unpreparable"));

		writeAndAwaitConsumed(records);

		assertAppliedOnce("beside-unpreparable-", 20);
		assertThat(this.effects.effectsOf("unpreparable-1")).isZero();
		assertThat(this.effects.triesOf("unpreparable-1")).as("transactions").isZero();
		assertThat(deadLettersOf("unpreparable-1")).isEqualTo(1);
	}

	@Test
	void preparesAgainAfterARollback() {
		this.effects.whenPreparing("rolled-back", (event) -> countPreparation(event.id()));
		this.effects.when("rolled-back", (event) -> {
			if (this.effects.triesOf(event.id()) == 1) {
				throw new IllegalStateException("after everything is written");
			}
		});

		this.inbox.accept(batch(aThing("rolled-back-1", "rolled-back")));

		assertThat(this.prepared).containsEntry("rolled-back-1", 2);
		assertThat(this.effects.effectsOf("rolled-back-1")).isEqualTo(1);
	}

	@Test
	void preparesAnAppliedDuplicateWithoutASecondEffect() {
		this.effects.whenPreparing("prepared", (event) -> countPreparation(event.id()));

		this.inbox.accept(batch(aThing("prepared-twice", "prepared")));
		this.inbox.accept(batch(aThing("prepared-twice", "prepared")));

		assertThat(this.prepared).containsEntry("prepared-twice", 2);
		assertThat(this.effects.effectsOf("prepared-twice")).isEqualTo(1);
	}

}
