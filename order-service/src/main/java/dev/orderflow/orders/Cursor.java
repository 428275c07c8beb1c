package dev.orderflow.orders;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

import dev.orderflow.problem.WrongValueException;

/**
 * A place in the list of orders, newest first: right after the order with this time and
 * id. Opaque to clients, who get it as {@code nextCursor} and send it back.
 *
 * @param placedAt to the microsecond
 */
record Cursor(Instant placedAt, UUID orderId) {

	private static final int BYTES = Long.BYTES + 2 * Long.BYTES;

	/** No order was placed before 1970 or will be after 9999. */
	private static final long MICROS_MAX = ChronoUnit.MICROS.between(Instant.EPOCH,
			Instant.parse("9999-12-31T23:59:59Z"));

	/**
	 * Reads a cursor; Spring MVC finds this method by its name.
	 * @throws WrongValueException if the text was not written by {@link #text}
	 */
	public static Cursor from(String text) {
		ByteBuffer bytes;
		try {
			bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
		}
		catch (IllegalArgumentException ex) {
			throw wrong();
		}
		if (bytes.remaining() != BYTES) {
			throw wrong();
		}
		long micros = bytes.getLong();
		if (micros < 0 || micros > MICROS_MAX) {
			throw wrong();
		}
		return new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), new UUID(bytes.getLong(), bytes.getLong()));
	}

	String text() {
		ByteBuffer bytes = ByteBuffer.allocate(BYTES)
			.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, this.placedAt))
			.putLong(this.orderId.getMostSignificantBits())
			.putLong(this.orderId.getLeastSignificantBits());
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
	}

	private static WrongValueException wrong() {
		return new WrongValueException("the nextCursor of an earlier page");
	}

}
