package dev.orderflow.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * The text headers that a dead letter on a DLQ topic has in addition to its source
 * record's: {@value #REASON}, {@value #ATTEMPTS}, {@value #HANDLER}, {@value #DEAD_AT}
 * (ISO 8601) and the origin ({@value #ORIGIN_TOPIC}, {@value #ORIGIN_PARTITION},
 * {@value #ORIGIN_OFFSET}). A redriven record on a replay topic has one more than its
 * source record, the last: {@value #ID}, the id of its row.
 */
final class DeadLetterHeaders {

	static final String REASON = "dlq-reason";

	static final String ATTEMPTS = "dlq-attempts";

	static final String HANDLER = "dlq-handler";

	static final String DEAD_AT = "dlq-dead-at";

	static final String ORIGIN_TOPIC = "dlq-origin-topic";

	static final String ORIGIN_PARTITION = "dlq-origin-partition";

	static final String ORIGIN_OFFSET = "dlq-origin-offset";

	static final String ID = "dlq-id";

	private final String service;

	DeadLetterHeaders(String service) {
		this.service = service;
	}

	/** The end of the names of this service's replay topics. */
	String replaySuffix() {
		return "." + this.service + ".replay";
	}

	ProducerRecord<byte[], byte[]> copyForDlq(String handler, DeadLetter letter, Instant deadAt) {
		ConsumerRecord<byte[], byte[]> record = letter.record();
		ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(dlqOf(record.topic()), null, record.key(),
				record.value(), record.headers());
		Headers headers = copy.headers();
		add(headers, REASON, letter.reason());
		add(headers, ATTEMPTS, Integer.toString(letter.attempts()));
		add(headers, HANDLER, handler);
		add(headers, DEAD_AT, deadAt.toString());
		add(headers, ORIGIN_TOPIC, record.topic());
		add(headers, ORIGIN_PARTITION, Integer.toString(record.partition()));
		add(headers, ORIGIN_OFFSET, Long.toString(record.offset()));
		return copy;
	}

	/**
	 * A record from this service's replay topic belongs to the same DLQ as its source.
	 */
	private String dlqOf(String topic) {
		String source = topic.endsWith(replaySuffix()) ? topic.substring(0, topic.length() - replaySuffix().length())
				: topic;
		return source + "." + this.service + ".dlq";
	}

	private static void add(Headers headers, String name, String value) {
		headers.add(name, value.getBytes(StandardCharsets.UTF_8));
	}

}
