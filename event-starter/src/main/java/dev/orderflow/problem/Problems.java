package dev.orderflow.problem;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/**
 * Problems that a controller answers: a stable type, what was expected and what was
 * found.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public final class Problems {

	private static final String TYPES = "https://orderflow.dev/problems/";

	/** Longest text that is quoted back. */
	private static final int QUOTED_MAX = 64;

	private Problems() {
	}

	/**
	 * A "no" to a well-formed request.
	 * @param type last part of the type's URI, for example {@code shipment-not-found};
	 * the title says the same in words
	 */
	public static ResponseEntity<Object> answer(HttpStatus status, String type, String detail) {
		return ResponseEntity.status(status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem(status, type, detail));
	}

	/**
	 * Refuses a request, with status 400, one of whose fields or parameters is not as
	 * expected.
	 */
	public static void require(boolean holds, String field, String expected, @Nullable Object found) {
		if (!holds) {
			throw new ErrorResponseException(HttpStatus.BAD_REQUEST, invalid(field, expected, found), null);
		}
	}

	static ProblemDetail invalid(String field, String expected, @Nullable Object found) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid-request",
				"Expected no invalid field, found " + field);
		problem.setProperty("errors",
				List.of(new WrongField(field, "Expected %s, found %s".formatted(expected, quoted(found)))));
		return problem;
	}

	static ProblemDetail problem(HttpStatusCode status, String type, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create(TYPES + type));
		problem.setTitle(Character.toUpperCase(type.charAt(0)) + type.substring(1).replace('-', ' '));
		return problem;
	}

	private static String quoted(@Nullable Object found) {
		if (found == null) {
			return "none";
		}
		String text = found.toString();
		return (text.length() > QUOTED_MAX) ? text.length() + " characters" : "'" + text + "'";
	}

	/**
	 * One thing wrong with a request.
	 *
	 * @param field its name, or body
	 * @param message what was expected and what was found
	 */
	record WrongField(String field, String message) {
	}

}
