package dev.orderflow.testservice;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;

/** Records as a producer in any language might write them, valid and invalid. */
public final class ThingRecords {

	private ThingRecords() {
	}

	/** An event that the test service takes. */
	public static ProducerRecord<byte[], byte[]> aThing(String id, String name) {
		return anEvent(id, ThingEffects.THING, """
				{"name": "%s", "amount": 1, "colour": "unknown to the service"}""".formatted(name));
	}

	/** An event of now with any type and data. */
	public static ProducerRecord<byte[], byte[]> anEvent(String id, String type, String data) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(RunningTestService.THINGS, 0, bytes(id),
				bytes(data));
		record.headers()
			.add("ce_specversion", bytes("1.0"))
			.add("ce_id", bytes(id))
			.add("ce_source", bytes("/test"))
			.add("ce_type", bytes(type))
			.add("ce_time", bytes(Instant.now().toString()))
			.add("content-type", bytes("application/json"));
		return record;
	}

	/** The record with a header replaced, or removed if the value is null. */
	public static ProducerRecord<byte[], byte[]> with(ProducerRecord<byte[], byte[]> record, String header,
			String value) {
		record.headers().remove(header);
		if (value != null) {
			record.headers().add(header, bytes(value));
		}
		return record;
	}

	/** The same record for another topic. */
	public static ProducerRecord<byte[], byte[]> to(String topic, ProducerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(topic, record.partition(), record.key(), record.value(), record.headers());
	}

	/** A record as it would be polled. */
	public static ConsumerRecord<byte[], byte[]> polled(ProducerRecord<byte[], byte[]> record, long offset) {
		int partition = Objects.requireNonNullElse(record.partition(), 0);
		return new ConsumerRecord<>(record.topic(), partition, offset, 0, TimestampType.CREATE_TIME, 0, 0, record.key(),
				record.value(), record.headers(), java.util.Optional.empty());
	}

	/** Name and value of each header, in order; comparable. */
	public static List<String> describe(Headers headers) {
		return Stream.of(headers.toArray()).map(ThingRecords::describe).toList();
	}

	private static String describe(Header header) {
		return header.key() + "=" + Arrays.toString(header.value());
	}

	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	public static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
