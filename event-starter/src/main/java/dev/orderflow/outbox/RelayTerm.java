package dev.orderflow.outbox;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.orderflow.outbox.SentRows.Acknowledged;
import dev.orderflow.outbox.SentRows.Failed;
import dev.orderflow.outbox.WaitingRow.OrderedBy;
import dev.orderflow.outbox.Window.Partition;
import dev.orderflow.tracing.EventLog;
import dev.orderflow.tracing.TraceParent;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the elected relay does until it stops, loses its lock or fails: read rows by
 * ascending id, send the eligible ones without waiting for answers, and delete the
 * acknowledged ones.
 *
 * <p>
 * Every scan starts at the {@link Floor} and excludes the rows in flight. A cursor would
 * be cheaper but wrong: ids of concurrent transactions become visible out of order, so a
 * row may appear behind the cursor while a later row of its key is still ahead of it. A
 * snapshot that shows the later row also shows the earlier one, because the second
 * transaction waited for the row lock of the first. While a row is in flight, parked or
 * cannot be sent now, the relay skips all later rows of its key.
 */
final class RelayTerm {

	private static final Logger logger = LoggerFactory.getLogger(RelayTerm.class);

	/**
	 * Largest record that the producer sends. A dead letter may be larger than its source
	 * record; the broker checks the limit per topic. A larger row is parked without
	 * reading its payload.
	 */
	static final int RECORD_BYTES_MAX = 2 * 1024 * 1024;

	private final LeaderLock lock;

	private final RelayRows rows;

	private final OutboxProperties settings;

	private final OutboxMetrics metrics;

	private final Window window;

	private final SentRows sent;

	private final ReachableTopics topics;

	private final Floor floor;

	private final List<WaitingRow> acknowledged = new ArrayList<>();

	private final Set<OrderedBy> parked = new HashSet<>();

	private final Reach reach;

	private long answeredNanos = System.nanoTime();

	private long published;

	RelayTerm(LeaderLock lock, RelayRows rows, Producer<byte[], byte[]> producer, Wake wake, OutboxProperties settings,
			RelayTelemetry telemetry) {
		this.lock = lock;
		this.rows = rows;
		this.settings = settings;
		this.metrics = telemetry.metrics();
		this.window = new Window(settings.rowsInFlightMax(), settings.bytesInFlightMax().toBytes());
		this.sent = new SentRows(producer, telemetry.spans(), wake);
		this.topics = new ReachableTopics(producer, wake);
		this.floor = new Floor(rows);
		this.reach = new Reach(settings.batchSizeMax(), settings.pollInterval());
	}

	/**
	 * Publishes while {@code running} is true, then until no sendable row is left or the
	 * thread is interrupted.
	 */
	void run(BooleanSupplier running, Wake wake) throws SQLException, TermEndedException, InterruptedException {
		this.parked.addAll(this.rows.parked());
		try {
			publish(running, wake);
		}
		catch (TermEndedException | InterruptedException | KafkaException ex) {
			// Rows that are on their topic must not be sent again, even if the term ends
			// early.
			deleteAcknowledged();
			throw ex;
		}
	}

	private void publish(BooleanSupplier running, Wake wake)
			throws SQLException, TermEndedException, InterruptedException {
		while (true) {
			requireLock();
			settleAnswers();
			requireAnswers();
			// Otherwise the next scan would have to read and exclude these rows.
			if (this.acknowledged.size() >= this.settings.batchSizeMax()) {
				deleteAcknowledged();
			}
			this.floor.raise();
			if (this.window.hasRoomFor(this.settings.batchSizeMax()) && this.reach.isDue()) {
				if (sendNextPage()) {
					continue;
				}
				deleteAcknowledged();
			}
			if (!running.getAsBoolean() && this.window.isEmpty()) {
				deleteAcknowledged();
				return;
			}
			wake.await(this.settings.pollInterval());
		}
	}

	private void deleteAcknowledged() throws SQLException {
		if (!this.acknowledged.isEmpty()) {
			Set<Long> deleted = this.rows.delete(this.acknowledged.stream().map(WaitingRow::id).toList());
			List<WaitingRow> gone = this.acknowledged.stream().filter((row) -> deleted.contains(row.id())).toList();
			this.published += gone.size();
			this.metrics.published(gone);
			this.acknowledged.removeAll(new HashSet<>(gone));
		}
	}

	/** Rows published in this term. */
	long published() {
		return this.published;
	}

	/**
	 * Returns false if the scan found no sendable row and the next one reads no further.
	 */
	private boolean sendNextPage() throws SQLException, TermEndedException {
		List<WaitingRow> waiting = this.rows.scan(this.floor.id(), unsettled(), this.reach.rows());
		Page page = choose(waiting);
		boolean looksFurther = this.reach.saw(waiting.size(), page.ids().size(), page.last(), this.window.size());
		if (!page.ids().isEmpty()) {
			send(page.ids());
		}
		return looksFurther || !page.ids().isEmpty();
	}

	/** Rows in flight, and those acknowledged but not deleted. */
	private List<Long> unsettled() {
		List<Long> unsettled = new ArrayList<>(this.window.ids());
		this.acknowledged.forEach((row) -> unsettled.add(row.id()));
		return unsettled;
	}

	/**
	 * Places rows in the window, in order and never ahead of an earlier row of the key.
	 */
	private Page choose(List<WaitingRow> waiting) throws SQLException {
		List<Long> ids = new ArrayList<>();
		int last = 0;
		int position = 0;
		Set<OrderedBy> passedOver = new HashSet<>();
		for (WaitingRow row : waiting) {
			position++;
			this.floor.saw(row.id());
			if (ids.size() == this.settings.batchSizeMax() || passedOver.contains(row.orderedBy())
					|| isBehindParked(row, waiting, passedOver) || isParkedForItsSize(row)) {
				continue;
			}
			Partition partition = this.topics.partitionOf(row);
			if (partition != null && this.window.offer(row, partition)) {
				ids.add(row.id());
				last = position;
			}
			else if (row.orderedBy().hasKey()) {
				passedOver.add(row.orderedBy());
			}
		}
		return new Page(ids, last);
	}

	/**
	 * Settles answers after each row, because the producer blocks on every record of a
	 * deleted topic: once the first one has failed, the topic's other rows stay in the
	 * table.
	 */
	private void send(List<Long> page) throws SQLException, TermEndedException {
		Set<Long> unsent = new HashSet<>(page);
		for (OutboxRow row : this.rows.read(page)) {
			requireLock();
			if (this.topics.isReachable(row.record().topic())) {
				unsent.remove(row.id());
				this.sent.send(row);
				settleAnswers();
			}
		}
		unsent.forEach(this.window::remove);
	}

	private boolean isParkedForItsSize(WaitingRow row) throws SQLException {
		if (row.bytes() <= RECORD_BYTES_MAX) {
			return false;
		}
		park(row, "Record too large: expected at most %d bytes, found %d".formatted(RECORD_BYTES_MAX, row.bytes()));
		logger.error("outbox row parked: id={} topic={} bytes={}", row.id(), row.topic(), row.bytes());
		return true;
	}

	private void park(WaitingRow row, String reason) throws SQLException {
		this.rows.park(row.id(), reason);
		this.parked.add(row.orderedBy());
	}

	/**
	 * If an operator has released rows of the key since the page was read, they are not
	 * among its rows and go first: the page's rows of that key are passed over.
	 */
	private boolean isBehindParked(WaitingRow row, List<WaitingRow> page, Set<OrderedBy> passedOver)
			throws SQLException {
		if (!row.orderedBy().hasKey() || !this.parked.contains(row.orderedBy())) {
			return false;
		}
		if (this.rows.parkBehind(row.id())) {
			return true;
		}
		this.parked.retainAll(this.rows.parked());
		Set<Long> known = new HashSet<>(unsettled());
		page.forEach((other) -> known.add(other.id()));
		if (known.containsAll(this.rows.earlierOfKey(row.id()))) {
			return false;
		}
		passedOver.add(row.orderedBy());
		return true;
	}

	private void requireLock() throws TermEndedException {
		if (!this.lock.isConfirmed()) {
			throw new TermEndedException("the lock is not confirmed, another relay may lead", null);
		}
	}

	private void settleAnswers() throws SQLException, TermEndedException {
		for (var answer = this.sent.poll(); answer != null; answer = this.sent.poll()) {
			this.answeredNanos = System.nanoTime();
			this.reach.answered();
			WaitingRow row = this.window.remove(answer.id());
			switch (answer) {
				case Acknowledged _ -> this.acknowledged.add(row);
				case Failed failed -> settle(row, failed);
			}
		}
	}

	/**
	 * Detects a dead producer: it retries without limit, on a thread that an
	 * {@link Error} ends silently.
	 */
	private void requireAnswers() throws TermEndedException {
		if (this.window.isEmpty()) {
			this.answeredNanos = System.nanoTime();
		}
		else if (System.nanoTime() - this.answeredNanos > this.settings.answerTimeout().toNanos()) {
			throw new TermEndedException(
					"no answer from the producer for answer-timeout=%s".formatted(this.settings.answerTimeout()), null);
		}
	}

	private void settle(WaitingRow row, Failed failed) throws SQLException, TermEndedException {
		if (isRefusedForGood(failed.cause())) {
			park(row, failed.cause().toString());
			EventLog.within(TraceParent.read(failed.headers()), failed.headers(),
					() -> logger.error("outbox row parked: id={} topic={} reason={}", row.id(), row.topic(),
							failed.cause().getMessage()));
		}
		else if (isAboutTheTopic(failed.cause())) {
			this.topics.stall(row.topic(), failed.cause());
		}
		else {
			throw new TermEndedException(
					"topic=%s not published: %s".formatted(row.topic(), failed.cause().getMessage()), failed.cause());
		}
	}

	/** The same record would be refused at every further attempt. */
	private static boolean isRefusedForGood(Exception failure) {
		return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException
				|| failure instanceof InvalidRecordException || failure instanceof InvalidTopicException;
	}

	/**
	 * Other topics may still accept records. The only timeout left is the one for
	 * metadata.
	 */
	private static boolean isAboutTheTopic(Exception failure) {
		return failure instanceof TimeoutException || failure instanceof UnknownTopicOrPartitionException
				|| failure instanceof TopicAuthorizationException;
	}

	/**
	 * Rows that are sent now.
	 *
	 * @param last position of the last of them among the rows read, counted from 1
	 */
	private record Page(List<Long> ids, int last) {
	}

}
