package dev.orderflow.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes raw records to topics: bytes, headers, partition. When {@link #write} returns,
 * the broker has acknowledged them.
 */
public final class TopicWriter implements AutoCloseable {

	private final KafkaProducer<byte[], byte[]> producer;

	/** Writes to the broker of the tests. */
	public TopicWriter() {
		this(TestServers.bootstrapServers());
	}

	/** Writes to a broker. */
	public TopicWriter(String bootstrapServers) {
		this(bootstrapServers, CompressionType.NONE);
	}

	/** Writes to a broker, compressed. */
	public TopicWriter(String bootstrapServers, CompressionType compression) {
		this.producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all",
						ProducerConfig.COMPRESSION_TYPE_CONFIG, compression.name,
						// On a topic that was just created, a second batch could overtake
						// the first.
						ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	/** Writes the records in order and returns where each one is. */
	public List<RecordMetadata> write(List<ProducerRecord<byte[], byte[]>> records) {
		var sent = records.stream().map(this.producer::send).toList();
		this.producer.flush();
		return sent.stream().map((future) -> {
			try {
				return future.get();
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("Could not write a record", ex.getCause());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted while writing", ex);
			}
		}).toList();
	}

	/** Writes one record and returns where it is. */
	public RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
		return write(List.of(record)).getFirst();
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
