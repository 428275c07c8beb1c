package dev.orderflow.outbox;

import java.util.ArrayList;
import java.util.List;

import io.cloudevents.CloudEvent;
import org.apache.kafka.clients.producer.ProducerRecord;

import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a use case appends the records that it wants published. A record is stored in the
 * running transaction and published at least once after the commit; a rollback discards
 * it.
 *
 * <p>
 * The first occurrences of the records of one key are published in the order in which
 * they were appended, provided that their transactions take the same row lock before they
 * append. After a crash at any point the records in flight are published again: consumers
 * see duplicates, never a gap. The guarantee does not cover a record that the broker
 * refuses permanently (too large): it is parked in the table, with the later records of
 * its key.
 */
public final class Outbox {

	private final OutboxTable table;

	private final CloudEventWriter writer;

	private final Wake relay;

	Outbox(OutboxTable table, CloudEventWriter writer, Wake relay) {
		this.table = table;
		this.writer = writer;
		this.relay = relay;
	}

	/**
	 * Appends one event.
	 * @return the event as it will be published, with its id, a UUIDv7
	 * @throws IllegalTransactionStateException outside a transaction
	 */
	public CloudEvent append(OutgoingEvent outgoing) {
		return appendAll(List.of(outgoing)).getFirst();
	}

	/**
	 * Appends events, in their sequence, in one batch of statements.
	 * @return the events as they will be published, in the same sequence
	 * @throws IllegalTransactionStateException outside a transaction
	 */
	public List<CloudEvent> appendAll(List<OutgoingEvent> outgoing) {
		List<CloudEvent> events = new ArrayList<>(outgoing.size());
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(outgoing.size());
		for (OutgoingEvent each : outgoing) {
			CloudEvent event = this.writer.newEvent(each);
			events.add(event);
			records.add(CloudEventWriter.write(each.topic(), each.subject(), event));
		}
		append(records);
		return events;
	}

	/**
	 * Appends records as they are, headers and bytes untouched.
	 * @throws IllegalTransactionStateException outside a transaction
	 */
	public void append(List<ProducerRecord<byte[], byte[]>> records) {
		requireTransaction();
		this.table.insert(records);
		publishAfterCommit();
	}

	/**
	 * Appends the records that a query returns, without reading them into this process.
	 * @param select returns topic, key, names and values of headers, and payload; its
	 * order is that of the records
	 * @throws IllegalTransactionStateException outside a transaction
	 */
	public void appendSelected(String select, PreparedStatementSetter parameters) {
		requireTransaction();
		this.table.insertSelected(select, parameters);
		publishAfterCommit();
	}

	private static void requireTransaction() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalTransactionStateException("No transaction is running: the outbox appends only within one");
		}
	}

	/**
	 * Makes the relay read the table as soon as the running transaction has committed.
	 */
	void publishAfterCommit() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				Outbox.this.relay.signal();
			}
		});
	}

}
