package dev.orderflow.orders.idempotency;

import java.util.regex.Pattern;

import dev.orderflow.problem.WrongValueException;

/**
 * The {@code Idempotency-Key} of a request: the customer's name for one attempt, taken
 * literally, quotes included. It contains no comma, because a comma joins two headers.
 *
 * @see <a href=
 * "https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">IETF
 * draft: the Idempotency-Key HTTP header field</a>
 */
public record IdempotencyKey(String value) {

	/** The header. */
	public static final String HEADER = "Idempotency-Key";

	/** Valid keys, as a regular expression. */
	public static final String PATTERN = "^[\\x21-\\x2b\\x2d-\\x7e]{1,128}$";

	/** Valid keys, in words that follow "expected". */
	public static final String EXPECTED = "1 to 128 visible ASCII characters, without comma";

	private static final Pattern VALID = Pattern.compile(PATTERN);

	/**
	 * The key in a header.
	 * @throws WrongValueException unless {@value #PATTERN} matches
	 */
	public IdempotencyKey {
		if (!VALID.matcher(value).matches()) {
			throw new WrongValueException(EXPECTED);
		}
	}

}
