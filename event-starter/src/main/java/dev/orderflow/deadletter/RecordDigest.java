package dev.orderflow.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over key, headers and value of a record, each with its length. Topic, partition
 * and offset alone do not identify a record: a topic that is deleted and recreated, or
 * restored, has other records at the same offsets.
 */
final class RecordDigest {

	private final MessageDigest digest = sha256();

	private RecordDigest() {
	}

	static ByteBuffer of(ConsumerRecord<byte[], byte[]> record) {
		return of(record, record.headers().toArray().length);
	}

	/** Only the first {@code headers} headers. */
	static ByteBuffer of(ConsumerRecord<byte[], byte[]> record, int headers) {
		RecordDigest digest = new RecordDigest();
		digest.add(record.key());
		digest.add(record.value());
		for (Header header : Arrays.asList(record.headers().toArray()).subList(0, headers)) {
			digest.add(header.key().getBytes(StandardCharsets.UTF_8));
			digest.add(header.value());
		}
		return ByteBuffer.wrap(digest.digest.digest());
	}

	/** An absent part differs from an empty one. */
	private void add(byte @Nullable [] part) {
		int length = (part != null) ? part.length : -1;
		this.digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
		if (part != null) {
			this.digest.update(part);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is missing, which every Java platform has", ex);
		}
	}

}
