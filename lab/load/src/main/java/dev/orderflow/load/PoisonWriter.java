package dev.orderflow.load;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.orderflow.events.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts a poison record on the topic after some of the accepted orders, the kinds in turn,
 * and counts what the broker acknowledged. A record that was not acknowledged within
 * {@link #ANSWER_MAX} may be on the topic all the same.
 */
final class PoisonWriter implements AutoCloseable {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	private static final Duration FIRST_ANSWER_MAX = Duration.ofSeconds(10);

	private final KafkaProducer<byte[], byte[]> producer;

	private final PoisonRecords records = new PoisonRecords(Clock.systemUTC());

	private final PoisonShare share;

	private final Map<PoisonKind, AtomicLong> acknowledged = new EnumMap<>(PoisonKind.class);

	private final AtomicLong lost = new AtomicLong();

	/**
	 * Connects to a broker.
	 * @param percent percentage of records on the topic that are poison
	 * @throws NotThereException if there is no broker, or no topic of orders on it
	 */
	PoisonWriter(String bootstrapServers, double percent) {
		this.share = new PoisonShare(percent);
		Arrays.stream(PoisonKind.values()).forEach((kind) -> this.acknowledged.put(kind, new AtomicLong()));
		this.producer = connect(bootstrapServers);
	}

	private static KafkaProducer<byte[], byte[]> connect(String bootstrapServers) {
		String what = "Kafka with the topic %s at %s".formatted(Topics.ORDERS, bootstrapServers);
		String advice = "Start the system, for example with ./demo, or set --bootstrap";
		KafkaProducer<byte[], byte[]> producer;
		try {
			producer = new KafkaProducer<>(
					Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all",
							ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) FIRST_ANSWER_MAX.toMillis(),
							ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) FIRST_ANSWER_MAX.toMillis(),
							ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis()),
					new ByteArraySerializer(), new ByteArraySerializer());
		}
		catch (KafkaException ex) {
			throw new NotThereException(what, "the address is invalid", advice);
		}
		try {
			producer.partitionsFor(Topics.ORDERS);
			return producer;
		}
		catch (KafkaException ex) {
			producer.close(Duration.ZERO);
			throw new NotThereException(what, "no answer within %d s".formatted(FIRST_ANSWER_MAX.toSeconds()), advice);
		}
	}

	/** Reports an accepted order, after which poison may be due. */
	void orderAccepted(UUID orderId) {
		this.share.next().ifPresent((kind) -> send(kind, orderId));
	}

	private void send(PoisonKind kind, UUID orderId) {
		try {
			this.producer.send(this.records.record(kind, orderId), (metadata, failure) -> {
				if (failure == null) {
					count(kind).incrementAndGet();
				}
				else {
					this.lost.incrementAndGet();
				}
			});
		}
		catch (KafkaException ex) {
			this.lost.incrementAndGet();
		}
	}

	private AtomicLong count(PoisonKind kind) {
		return this.acknowledged.getOrDefault(kind, this.lost);
	}

	/** The result; complete once the writer is closed. */
	PoisonTally tally() {
		Map<PoisonKind, Long> counts = new EnumMap<>(PoisonKind.class);
		this.acknowledged.forEach((kind, count) -> counts.put(kind, count.get()));
		return new PoisonTally(counts, this.lost.get());
	}

	/** Waits for records in flight, at most {@link #ANSWER_MAX}. */
	@Override
	public void close() {
		this.producer.close(ANSWER_MAX.plusSeconds(1));
	}

}
