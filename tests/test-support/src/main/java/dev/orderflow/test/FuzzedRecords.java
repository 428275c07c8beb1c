package dev.orderflow.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Records as no producer should write them, made from valid events; the same seed gives
 * the same records, but for their times. A record is either unreadable, of a type that
 * nobody takes, or has the id and source of its event: a consumer that has applied the
 * event has nothing of the record to apply.
 */
public final class FuzzedRecords {

	/** Leaves room for headers and key in a record of 1 MiB. */
	private static final int HUGE_BYTES = 1008 * 1024;

	private static final int HUGE_HEADERS = 2000;

	/** One record in this many is large, so that a flood is not only about bytes. */
	private static final int HUGE_EACH = 40;

	private static final List<String> DATA = List.of("", "null", "{}", "[]", "\"\"", "0", "{\"name\": null}",
			"{\"lines\": [{}]}", "{\"a\": 1, \"a\": 2}", "[".repeat(5000), "{\"a\":".repeat(600), "\ufeff{}", "NaN");

	private static final List<String> TOKENS = List.of("null", "-1", "1e400", "1e-400", "99999999999999999999", "0.5",
			"\"\"", "{}", "[]", "[[[[", "\"\\u0000\"", "\"\\ud800\"", "true", "\"" + "y".repeat(5000) + "\"",
			"-9223372036854775808", "\"+1000000001-01-01T00:00:00Z\"", "1e18");

	private static final List<String> TYPES = List.of(" ", "\u202e", "x".repeat(3000), "none", "test.other.v1",
			"dev.orderflow.order.placed.v2", "dev.orderflow.stock.reserved.v9", "dev.orderflow.shipment.planned.v10",
			"DEV.ORDERFLOW.ORDER.PLACED.V1", "dev.orderflow.order.exploded.v1");

	private static final List<String> TIMES = List.of("", "yesterday", "0000-00-00", "1970-01-01T00:00:00Z",
			"2099-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z",
			"99999999999-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "1", "2026-11-20");

	private static final List<String> VERSIONS = List.of("", "0.3", "1.1", "2.0", " 1.0", "one");

	private static final List<String> SOURCES = List.of("", "http://[", " ", "a b", "%", "\0");

	private static final List<String> TRACES = List.of("", "\0", "00-", "garbage", "f".repeat(3000),
			"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

	private static final List<String> NAMES = List.of("", " ", "\0", "ce_", "ce-id", "ce_unknown\u202e", "dlq-id",
			"dlq-reason", "n".repeat(3000));

	private static final List<String> CONTENT_TYPES = List.of("", "\0", "text/plain",
			"application/json; charset=utf-16", "application/xml", "a/b;c=\"");

	private static final List<String> REQUIRED = List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time");

	private final Random random;

	private final Clock clock;

	/**
	 * Records of a seed.
	 * @param clock from which future and past times are told
	 */
	public FuzzedRecords(long seed, Clock clock) {
		this.random = new Random(seed);
		this.clock = clock;
	}

	/**
	 * A fuzzed record of the topic and partition of a valid event, which stays as it is.
	 */
	public ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> event) {
		Headers headers = new RecordHeaders(event.headers().toArray());
		boolean isHuge = this.random.nextInt(HUGE_EACH) == 0;
		byte[] value = isHuge ? huge(headers, event.value()) : event.value();
		switch (this.random.nextInt(10)) {
			case 0, 1, 2 -> value = isHuge ? value : harmed(event.value());
			case 3, 4, 5, 6 -> harm(headers);
			case 7 -> structured(headers);
			case 8 -> {
				harm(headers);
				value = isHuge ? value : harmed(event.value());
			}
			default -> {
				// The event once more, with no more wrong than what follows.
			}
		}
		disturb(headers);
		return new ProducerRecord<>(event.topic(), event.partition(), key(event.key()), value, headers);
	}

	private byte @Nullable [] key(byte @Nullable [] key) {
		return switch (this.random.nextInt(6)) {
			case 0 -> null;
			case 1 -> new byte[0];
			case 2 -> random(64);
			case 3 -> bytes("k".repeat(3000));
			default -> key;
		};
	}

	private byte @Nullable [] harmed(byte[] value) {
		return switch (this.random.nextInt(6)) {
			case 0 -> null;
			case 1 -> random(200);
			case 2 -> bytes(pick(DATA));
			case 3 -> Arrays.copyOf(value, this.random.nextInt(value.length));
			case 4 -> {
				byte[] flipped = value.clone();
				for (int i = 0; i <= this.random.nextInt(4); i++) {
					flipped[this.random.nextInt(flipped.length)] = (byte) this.random.nextInt(256);
				}
				yield flipped;
			}
			default -> withToken(value);
		};
	}

	/** A value of the data replaced by another type or amount. */
	private byte[] withToken(byte[] value) {
		String[] parts = new String(value, StandardCharsets.UTF_8).split(":", -1);
		if (parts.length > 1) {
			int part = 1 + this.random.nextInt(parts.length - 1);
			int end = Math.max(parts[part].lastIndexOf(','), parts[part].lastIndexOf('}'));
			parts[part] = pick(TOKENS) + parts[part].substring(Math.max(0, end));
		}
		return bytes(String.join(":", parts));
	}

	/** Nearly a megabyte, as data of one value, as no data at all, or in headers. */
	private byte[] huge(Headers headers, byte[] value) {
		switch (this.random.nextInt(4)) {
			case 0 -> {
				return bytes("{\"filler\": \"%s\", ".formatted("z".repeat(HUGE_BYTES))
						+ new String(value, StandardCharsets.UTF_8).stripLeading().substring(1));
			}
			case 1 -> {
				byte[] noise = new byte[HUGE_BYTES];
				this.random.nextBytes(noise);
				return noise;
			}
			case 2 -> {
				headers.add("huge", new byte[HUGE_BYTES]);
				return value;
			}
			default -> {
				for (int i = 0; i < HUGE_HEADERS; i++) {
					headers.add("h", (i % 2 == 0) ? null : new byte[0]);
				}
				return value;
			}
		}
	}

	/** Never to another id or source that can be read, nor to another known type. */
	private void harm(Headers headers) {
		String name = pick(REQUIRED);
		switch (this.random.nextInt(5)) {
			case 0 -> headers.remove(name);
			case 1 -> replace(headers, name, null);
			case 2 -> replace(headers, name, new byte[] { (byte) 0xff, (byte) this.random.nextInt(256) });
			case 3 -> replace(headers, name, bytes((char) this.random.nextInt(0x20) + "a"));
			default -> replace(headers, name, bytes(switch (name) {
				case "ce_type" -> pick(TYPES);
				case "ce_time" -> this.random.nextBoolean() ? pick(TIMES) : time();
				case "ce_specversion" -> pick(VERSIONS);
				case "ce_source" -> pick(SOURCES);
				default -> this.random.nextBoolean() ? "" : unindexable();
			}));
		}
	}

	/** Longer than an entry of an index may be, and not compressible to less. */
	private String unindexable() {
		byte[] id = new byte[9000];
		this.random.nextBytes(id);
		return Base64.getEncoder().encodeToString(id);
	}

	/** Too old or too far ahead, by little or by much. */
	private String time() {
		Duration off = Duration.ofHours((long) Math.pow(10, 1 + this.random.nextInt(6)));
		Instant now = this.clock.instant();
		return (this.random.nextBoolean() ? now.plus(off) : now.minus(Duration.ofDays(45)).minus(off)).toString();
	}

	private void structured(Headers headers) {
		String type = this.random.nextBoolean() ? "application/cloudevents+json" : "application/cloudevents-batch+json";
		replace(headers, "content-type", bytes(type + (this.random.nextBoolean() ? "; charset=UTF-8" : "")));
	}

	/** What must not matter. */
	private void disturb(Headers headers) {
		switch (this.random.nextInt(12)) {
			case 0 -> replace(headers, "ce_traceparent", bytes(pick(TRACES)));
			case 1 -> replace(headers, "ce_tracestate", random(40));
			case 2 -> headers.add(pick(NAMES), random(40));
			case 3 -> headers.add(pick(NAMES), null);
			case 4 -> replaceUnlessStructured(headers);
			case 5 -> {
				Header repeated = headers.lastHeader(pick(REQUIRED));
				if (repeated != null) {
					headers.add(repeated);
				}
			}
			default -> {
				// Nothing else is wrong with it.
			}
		}
	}

	private void replaceUnlessStructured(Headers headers) {
		Header contentType = headers.lastHeader("content-type");
		if (contentType == null || !new String(contentType.value(), StandardCharsets.UTF_8).contains("cloudevents")) {
			replace(headers, "content-type", bytes(pick(CONTENT_TYPES)));
		}
	}

	private static void replace(Headers headers, String name, byte @Nullable [] value) {
		headers.remove(name);
		headers.add(name, value);
	}

	private byte[] random(int lengthMax) {
		byte[] bytes = new byte[this.random.nextInt(lengthMax)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private <T> T pick(List<T> among) {
		return among.get(this.random.nextInt(among.size()));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
