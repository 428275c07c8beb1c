package dev.orderflow.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could not be processed, and why.
 *
 * @param record as it was polled, never changed
 * @param reason what was expected and found; cut to {@value #REASON_LENGTH_MAX}
 * characters, and without NUL, which PostgreSQL's text refuses
 * @param attempts how often it was tried, 1 or more
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason, int attempts) {

	static final int REASON_LENGTH_MAX = 1000;

	public DeadLetter {
		reason = reason.replace('\0', ' ');
		reason = (reason.length() > REASON_LENGTH_MAX) ? cut(reason) : reason;
		if (attempts < 1) {
			throw new IllegalArgumentException(
					"Number of attempts is out of range: expected 1 or more, found " + attempts);
		}
	}

	/** Does not split a surrogate pair. */
	private static String cut(String reason) {
		boolean splits = Character.isHighSurrogate(reason.charAt(REASON_LENGTH_MAX - 1));
		return reason.substring(0, splits ? REASON_LENGTH_MAX - 1 : REASON_LENGTH_MAX);
	}

	/**
	 * Where a record came from. It identifies the record for as long as its topic exists.
	 */
	public record Origin(String topic, int partition, long offset) {

		public static Origin of(ConsumerRecord<?, ?> record) {
			return new Origin(record.topic(), record.partition(), record.offset());
		}

	}

}
