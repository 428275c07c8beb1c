package dev.orderflow.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a record claims whose last header is {@link DeadLetterHeaders#ID}: to be that dead
 * letter, redriven. Anybody can write such a header, so the claim holds only if the rest
 * of the record has the letter's digest.
 */
record Redrive(long letterId, ByteBuffer digest) {

	/** A longer number is no id. */
	private static final int DIGITS_MAX = 18;

	/** Null if the record claims nothing. */
	static @Nullable Redrive of(ConsumerRecord<byte[], byte[]> record) {
		Header[] headers = record.headers().toArray();
		if (headers.length == 0 || !headers[headers.length - 1].key().equals(DeadLetterHeaders.ID)) {
			return null;
		}
		byte[] id = headers[headers.length - 1].value();
		if (id == null || id.length == 0 || id.length > DIGITS_MAX) {
			return null;
		}
		String text = new String(id, StandardCharsets.ISO_8859_1);
		return text.chars().allMatch((digit) -> digit >= '0' && digit <= '9')
				? new Redrive(Long.parseLong(text), RecordDigest.of(record, headers.length - 1)) : null;
	}

}
