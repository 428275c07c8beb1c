package dev.orderflow.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.orderflow.tracing.EventLog;
import dev.orderflow.tracing.TraceParent;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the elected relay does until it stops, loses its lock or fails: read rows by
 * ascending id, send them without waiting, delete what was acknowledged.
 *
 * <p>
 * Every read starts at the lowest id and leaves out what is in flight. A cursor would be
 * cheaper and wrong: ids of concurrent transactions become visible out of order, so a row
 * may appear behind the cursor after a later row of its key appeared before it. One
 * snapshot that shows the later row shows the earlier one too, because the second
 * transaction waited for the first one's row lock.
 */
final class RelayTerm {

	private static final Logger logger = LoggerFactory.getLogger(RelayTerm.class);

	private static final Duration ANSWER_CHECK_INTERVAL = Duration.ofMillis(200);

	private final LeaderLock lock;

	private final RelayRows rows;

	private final Producer<byte[], byte[]> producer;

	private final OutboxProperties settings;

	private final RelayTelemetry telemetry;

	private final Deque<BatchInFlight> inFlight = new ArrayDeque<>();

	private final Set<Long> idsInFlight = new HashSet<>();

	private final Set<OutboxRow.OrderedBy> parked = new HashSet<>();

	private long published;

	RelayTerm(LeaderLock lock, RelayRows rows, Producer<byte[], byte[]> producer, OutboxProperties settings,
			RelayTelemetry telemetry) {
		this.lock = lock;
		this.rows = rows;
		this.producer = producer;
		this.settings = settings;
		this.telemetry = telemetry;
	}

	/**
	 * Publishes until told to stop; then until nothing is left, or the thread is
	 * interrupted.
	 */
	void run(BooleanSupplier running, Wake wake) throws SQLException, TermEndedException, InterruptedException {
		this.parked.addAll(this.rows.parked());
		try {
			publish(running, wake);
		}
		catch (TermEndedException | InterruptedException | KafkaException ex) {
			deleteAcknowledged();
			throw ex;
		}
	}

	private void publish(BooleanSupplier running, Wake wake)
			throws SQLException, TermEndedException, InterruptedException {
		while (true) {
			boolean sent = this.inFlight.size() < this.settings.batchesInFlightMax() && sendNextPage();
			if (sent) {
				continue;
			}
			if (!this.inFlight.isEmpty()) {
				finishOldest();
				continue;
			}
			if (!running.getAsBoolean()) {
				return;
			}
			requireLock();
			wake.await(this.settings.pollInterval());
		}
	}

	/**
	 * What is on its topic is never sent again, also when the term ends early: otherwise
	 * every term that ends at the same row would repeat all rows before it.
	 */
	private void deleteAcknowledged() throws SQLException {
		for (BatchInFlight batch : this.inFlight) {
			deleteAcknowledged(batch);
		}
	}

	private void deleteAcknowledged(BatchInFlight batch) throws SQLException {
		List<OutboxRow> acknowledged = batch.acknowledged();
		if (!acknowledged.isEmpty()) {
			this.rows.delete(acknowledged.stream().map(OutboxRow::id).toList());
		}
		this.published += acknowledged.size();
		this.telemetry.metrics().published(acknowledged);
	}

	/** Rows published in this term. */
	long published() {
		return this.published;
	}

	private boolean sendNextPage() throws SQLException, TermEndedException {
		List<OutboxRow> page = this.rows.read(this.idsInFlight, this.settings.batchSizeMax());
		if (page.isEmpty()) {
			return false;
		}
		send(page);
		return true;
	}

	private void send(List<OutboxRow> page) throws SQLException, TermEndedException {
		BatchInFlight batch = new BatchInFlight(this.telemetry.spans());
		this.inFlight.add(batch);
		for (OutboxRow row : page) {
			if (isBehindParked(row)) {
				continue;
			}
			requireLock();
			batch.send(row, this.producer);
			this.idsInFlight.add(row.id());
			settleFailures(batch);
		}
		batch.seal();
		if (batch.rows().isEmpty()) {
			this.inFlight.removeLast();
		}
	}

	private boolean isBehindParked(OutboxRow row) throws SQLException {
		if (row.record().key() == null || !this.parked.contains(row.orderedBy())) {
			return false;
		}
		if (this.rows.parkBehind(row)) {
			return true;
		}
		this.parked.retainAll(this.rows.parked());
		return false;
	}

	private void requireLock() throws TermEndedException {
		if (!this.lock.isConfirmed()) {
			throw new TermEndedException("the lock is not confirmed, another relay may lead", null);
		}
	}

	private void finishOldest() throws SQLException, TermEndedException, InterruptedException {
		BatchInFlight oldest = this.inFlight.element();
		while (!oldest.await(ANSWER_CHECK_INTERVAL)) {
			requireLock();
		}
		this.inFlight.remove();
		deleteAcknowledged(oldest);
		settleFailures(oldest);
		oldest.rows().forEach((row) -> this.idsInFlight.remove(row.id()));
	}

	private void settleFailures(BatchInFlight batch) throws SQLException, TermEndedException {
		for (var failure = batch.pollFailure(); failure != null; failure = batch.pollFailure()) {
			if (!isRefusedForGood(failure.cause())) {
				throw new TermEndedException("topic=%s not published: %s".formatted(failure.row().record().topic(),
						failure.cause().getMessage()), failure.cause());
			}
			this.rows.park(failure.row().id(), failure.cause().toString());
			this.parked.add(failure.row().orderedBy());
			logParked(failure);
		}
	}

	private static void logParked(BatchInFlight.Failure failure) {
		Headers headers = failure.row().record().headers();
		EventLog.within(TraceParent.read(headers), headers,
				() -> logger.error("outbox row parked: id={} topic={} reason={}", failure.row().id(),
						failure.row().record().topic(), failure.cause().getMessage()));
	}

	/** The same record would be refused at every further attempt. */
	private static boolean isRefusedForGood(Exception failure) {
		return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException
				|| failure instanceof InvalidRecordException || failure instanceof InvalidTopicException;
	}

}
