package dev.orderflow.orders.http;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

import dev.orderflow.orders.OrderPages;
import dev.orderflow.problem.WrongValueException;

/**
 * The last order of a page as text. Opaque to clients, who get it as {@code nextCursor}
 * and send it back.
 */
record Cursor(OrderPages.Position position) {

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
		Instant placedAt = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
		return new Cursor(new OrderPages.Position(placedAt, new UUID(bytes.getLong(), bytes.getLong())));
	}

	String text() {
		ByteBuffer bytes = ByteBuffer.allocate(BYTES)
			.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, this.position.placedAt()))
			.putLong(this.position.orderId().getMostSignificantBits())
			.putLong(this.position.orderId().getLeastSignificantBits());
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
	}

	private static WrongValueException wrong() {
		return new WrongValueException("the nextCursor of an earlier page");
	}

}
