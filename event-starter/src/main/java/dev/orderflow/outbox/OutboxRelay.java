package dev.orderflow.outbox;

import java.sql.SQLException;
import java.time.Duration;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Publishes the outbox of this service's database while it leads, and stands by
 * otherwise. A broker or database outage ends the term. The relay then backs off and
 * starts a new term with a new producer at the lowest id, without limit: an outage causes
 * delay and duplicates, but never loses a row.
 *
 * <p>
 * It stops after the web server and the consumers, so that it can publish their last
 * rows; rows that it cannot publish within {@link #STOP_MAX} wait for the next process.
 */
final class OutboxRelay implements SmartLifecycle {

	private static final Duration STOP_MAX = Duration.ofSeconds(5);

	private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(OutboxRelay.class);

	private final RelayConnections connections;

	private final DefaultKafkaProducerFactory<byte[], byte[]> producers;

	private final Wake wake;

	private final OutboxProperties settings;

	private final RelayTelemetry telemetry;

	private volatile @Nullable Thread thread;

	private volatile boolean running;

	private volatile boolean leading;

	private long publishedInTerm;

	OutboxRelay(RelayConnections connections, DefaultKafkaProducerFactory<byte[], byte[]> producers, Wake wake,
			OutboxProperties settings, RelayTelemetry telemetry) {
		this.connections = connections;
		this.producers = producers;
		this.wake = wake;
		this.settings = settings;
		this.telemetry = telemetry;
	}

	@Override
	public void start() {
		if (this.running) {
			return;
		}
		this.running = true;
		this.thread = Thread.ofPlatform().name("outbox-relay").start(this::publishUntilStopped);
	}

	private void publishUntilStopped() {
		BackOffExecution pauses = this.settings.backoff().start();
		while (this.running) {
			this.publishedInTerm = 0;
			try {
				lead();
			}
			catch (InterruptedException | InterruptException ex) {
				return;
			}
			catch (SQLException | TermEndedException | RuntimeException | Error ex) {
				// Errors too: nothing in this process would notice a dead relay thread.
				pauses = (this.publishedInTerm > 0) ? this.settings.backoff().start() : pauses;
				if (!pauseAfter(ex, Duration.ofMillis(pauses.nextBackOff()))) {
					return;
				}
			}
		}
	}

	private void lead() throws SQLException, TermEndedException, InterruptedException {
		try (LeaderLock lock = LeaderLock.acquire(this.connections);
				RelayRows rows = new RelayRows(this.connections.openForRows())) {
			this.leading = true;
			logger.info("outbox relay leads");
			RelayTerm term = new RelayTerm(lock, rows, this.producers.createProducer(), this.wake, this.settings,
					this.telemetry);
			try {
				term.run(() -> this.running, this.wake);
			}
			finally {
				this.publishedInTerm = term.published();
				closeProducer();
			}
		}
		finally {
			this.leading = false;
		}
	}

	/**
	 * Closing a producer waits for its I/O thread without a timeout. A stuck thread must
	 * not keep another relay from acquiring the lock.
	 */
	private void closeProducer() throws InterruptedException {
		Thread closing = Thread.ofPlatform().daemon().name("outbox-producer-close").start(this.producers::reset);
		if (!closing.join(CLOSE_MAX)) {
			logger.warn("outbox producer abandoned: not closed within {} s", CLOSE_MAX.toSeconds());
		}
	}

	/** Returns false if the relay was stopped during the pause. */
	private boolean pauseAfter(Throwable failure, Duration pause) {
		if (failure instanceof SQLException || failure instanceof TermEndedException
				|| failure instanceof KafkaException) {
			logger.warn("outbox relay starts again in {} ms: {}", pause.toMillis(), failure.getMessage());
		}
		else {
			logger.error("outbox relay starts again in {} ms", pause.toMillis(), failure);
		}
		try {
			Thread.sleep(pause);
			return this.running;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	@Override
	public void stop() {
		Thread relay = this.thread;
		this.running = false;
		if (relay == null) {
			return;
		}
		this.wake.signal();
		try {
			if (this.leading) {
				relay.join(STOP_MAX);
			}
			relay.interrupt();
			relay.join(STOP_MAX);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.thread = null;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Below the phases of web server and consumers: starts before, stops after them. */
	@Override
	public int getPhase() {
		return 0;
	}

}
