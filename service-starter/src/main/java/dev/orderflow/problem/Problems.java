package dev.orderflow.problem;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/**
 * Problems that a controller answers: a stable type, and a detail that says what is
 * wrong, what was expected and what was found.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public final class Problems {

	private static final String TYPES = "https://orderflow.dev/problems/";

	/**
	 * A body may have thousands of wrong fields; naming more than this does not help the
	 * client.
	 */
	private static final int ERRORS_MAX = 100;

	private Problems() {
	}

	/**
	 * Rejects a well-formed request.
	 * @param type last part of the type's URI, for example {@code shipment-not-found};
	 * the title says the same in words
	 */
	public static ResponseEntity<Object> answer(HttpStatus status, String type, String detail) {
		return ResponseEntity.status(status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem(status, type, detail));
	}

	/**
	 * What a controller throws if nothing with that id exists: status 404, type
	 * {@code <kind>-not-found}.
	 * @param kind what was asked for, for example {@code order}
	 */
	public static ErrorResponseException notFound(String kind, String detail) {
		return new ErrorResponseException(HttpStatus.NOT_FOUND,
				problem(HttpStatus.NOT_FOUND, kind + "-not-found", detail), null);
	}

	/**
	 * What a controller throws to reject a request; with status 401 it asks for a bearer
	 * token.
	 * @param type last part of the type's URI, for example {@code not-confirmed}
	 */
	public static ErrorResponseException refused(HttpStatus status, String type, String detail) {
		ErrorResponseException refusal = new ErrorResponseException(status, problem(status, type, detail), null);
		if (status == HttpStatus.UNAUTHORIZED) {
			refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		return refusal;
	}

	/** Rejects a request with status 400 if a field or parameter is not as expected. */
	public static void require(boolean holds, String field, String expected, @Nullable Object found) {
		if (!holds) {
			List<WrongField> errors = List.of(WrongField.of(field, expected, found));
			throw new ErrorResponseException(HttpStatus.BAD_REQUEST, invalid(errors), null);
		}
	}

	/** The body is larger than a service reads. */
	static ErrorResponseException bodyTooLarge(DataSize max) {
		return new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE, problem(HttpStatus.CONTENT_TOO_LARGE,
				"body-too-large", "The body exceeds %d bytes".formatted(max.toBytes())), null);
	}

	/**
	 * A problem of Tomcat, as JSON text, because Tomcat has no converter. It quotes
	 * nothing from the client.
	 */
	static String refusedByContainer(HttpStatus status) {
		return """
				{"type": "%srefused", "title": "%s", "status": %d, "detail": "The server rejected the request \
				before reading it: the request is malformed, or its method is disabled"}""".formatted(TYPES,
				status.getReasonPhrase(), status.value());
	}

	/** Writes the problem when a request is rejected before it reaches Spring MVC. */
	static void write(HttpServletResponse response, HttpStatus status, String type, String detail) throws IOException {
		ProblemDetail problem = problem(status, type, detail);
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream()
			.write(JsonMapper.shared()
				.writeValueAsBytes(Map.of("type", TYPES + type, "title", String.valueOf(problem.getTitle()), "status",
						status.value(), "detail", detail)));
	}

	static String unsupported(@Nullable String contentType) {
		return (contentType == null) ? "Content-Type is missing: expected application/json"
				: "Content-Type %s is not supported: expected application/json".formatted(contentType);
	}

	static ProblemDetail invalid(List<WrongField> errors) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid-request",
				"Invalid fields or parameters: %d; see errors".formatted(errors.size()));
		problem.setProperty("errors", errors.stream().limit(ERRORS_MAX).toList());
		return problem;
	}

	static ProblemDetail problem(HttpStatusCode status, String type, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create(TYPES + type));
		problem.setTitle(Character.toUpperCase(type.charAt(0)) + type.substring(1).replace('-', ' '));
		return problem;
	}

}
