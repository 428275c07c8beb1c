package dev.orderflow.outbox;

import java.util.Arrays;
import java.util.List;

import dev.orderflow.test.TopicReader;
import dev.orderflow.testservice.RunningTestService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Appends records to the outbox of the running service, and reads what was published. */
abstract class OutboxTest extends RunningTestService {

	@Autowired
	protected OutboxRelay relay;

	@Autowired
	protected JdbcConnectionDetails database;

	@Autowired
	protected Outbox outbox;

	@Autowired
	protected TransactionTemplate transaction;

	protected void append(ProducerRecord<?, ?>... records) {
		@SuppressWarnings("unchecked")
		List<ProducerRecord<byte[], byte[]>> all = Arrays.stream(records)
			.map((record) -> (ProducerRecord<byte[], byte[]>) record)
			.toList();
		this.transaction.executeWithoutResult((status) -> this.outbox.append(all));
	}

	protected static ProducerRecord<byte[], byte[]> aParcel(String key, String value) {
		return aRecord(PARCELS, key, value);
	}

	protected static ProducerRecord<byte[], byte[]> aRecord(String topic, String key, String value) {
		return new ProducerRecord<>(topic, bytes(key), bytes(value));
	}

	protected static void awaitPublished(String key, int records) {
		await().untilAsserted(
				() -> assertThat(valuesOf(PARCELS, key).stream().distinct().count()).isGreaterThanOrEqualTo(records));
	}

	protected static List<String> valuesOf(String topic, String key) {
		return published(topic, key).stream().map((record) -> text(record.value())).toList();
	}

	protected static List<ConsumerRecord<byte[], byte[]>> published(String topic, String key) {
		return TopicReader.read(topic).stream().filter((record) -> Arrays.equals(record.key(), bytes(key))).toList();
	}

	protected int rowsOf(String key) {
		return this.jdbc.sql("select count(*) from outbox_event where message_key = :key")
			.param("key", bytes(key))
			.query(Integer.class)
			.single();
	}

	protected void discard(String key) {
		this.jdbc.sql("delete from outbox_event where message_key = :key").param("key", bytes(key)).update();
	}

	protected RelayConnections relayConnections() {
		return new RelayConnections(this.database.getJdbcUrl(), this.database.getUsername(),
				this.database.getPassword());
	}

}
