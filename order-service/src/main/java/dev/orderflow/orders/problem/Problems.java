package dev.orderflow.orders.problem;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import dev.orderflow.outage.Outage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Every answer that says no, as an RFC 9457 problem: a stable type, what was expected and
 * what was found. Of a failure inside, the answer says nothing but the id under which it
 * is logged.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@RestControllerAdvice
public class Problems extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(Problems.class);

	private static final String TYPES = "https://orderflow.dev/problems/";

	/** A body may have thousands of wrong fields; to name more than this helps nobody. */
	private static final int ERRORS_MAX = 100;

	private static final String RETRY_AFTER_SECONDS = "5";

	/** No order has this id. */
	public static ResponseEntity<Object> orderNotFound(UUID orderId) {
		return answer(problem(HttpStatus.NOT_FOUND, "order-not-found", "No such order",
				"Expected the id of an order, found no order " + orderId));
	}

	/** The order has no event of this id, whether or not it exists itself. */
	public static ResponseEntity<Object> eventNotFound(UUID orderId, UUID eventId) {
		return answer(problem(HttpStatus.NOT_FOUND, "event-not-found", "No such event",
				"Expected the id of an event of order %s, found no event %s".formatted(orderId, eventId)));
	}

	/** The key was used for an order that is not the one asked for now. */
	public static ResponseEntity<Object> keyOfAnotherRequest() {
		return answer(problem(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused", "Idempotency-Key reused",
				"Expected the request that this Idempotency-Key was first used with, found another one"));
	}

	/** The first request with this key has not been answered yet. */
	public static ResponseEntity<Object> keyInFlight() {
		return answer(problem(HttpStatus.CONFLICT, "idempotency-key-in-flight", "Idempotency-Key in flight",
				"Expected no other request with this Idempotency-Key in flight, found one; try again later"));
	}

	/** The catalogue has none of these. */
	public static ResponseEntity<Object> unknownSkus(List<String> skus) {
		return answer(problem(HttpStatus.UNPROCESSABLE_CONTENT, "unknown-sku", "Unknown sku",
				"Expected skus of the catalogue, found " + String.join(", ", skus)));
	}

	static ErrorResponseException bodyTooLarge(DataSize max) {
		ProblemDetail problem = problem(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "Body too large",
				"Expected a body of at most %d bytes, found more".formatted(max.toBytes()));
		return new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE, problem, null);
	}

	/**
	 * As JSON text, because no converter is at hand there; nothing in it is the client's.
	 */
	static String refusedByContainer(HttpStatus status) {
		return """
				{"type": "%srefused", "title": "%s", "status": %d, "detail": "Expected a well-formed request, found one \
				that the server refuses to read"}"""
			.formatted(TYPES, status.getReasonPhrase(), status.value());
	}

	/** What Spring MVC refuses, in our words: its own may name classes. */
	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (status.is5xxServerError()) {
			return failed(ex);
		}
		ProblemDetail problem = switch (ex) {
			case MethodArgumentNotValidException invalid ->
				invalid(invalid.getFieldErrors().stream().map(WrongField::of).toList());
			case HandlerMethodValidationException invalid ->
				invalid(invalid.getParameterValidationResults().stream().flatMap(WrongField::of).toList());
			case HttpMessageNotReadableException unreadable -> invalid(List.of(WrongField.of(unreadable)));
			case TypeMismatchException mismatch -> invalid(List.of(WrongField.of(mismatch)));
			case HttpRequestMethodNotSupportedException method ->
				problem(status, "method-not-allowed", "Method not allowed",
						"Expected method %s, found %s".formatted(headers.getAllow(), method.getMethod()));
			case HttpMediaTypeNotSupportedException type ->
				problem(status, "unsupported-media-type", "Unsupported media type",
						"Expected Content-Type application/json, found " + request.getHeader(HttpHeaders.CONTENT_TYPE));
			case HttpMediaTypeNotAcceptableException type ->
				problem(status, "not-acceptable", "Not acceptable", "Expected Accept to allow %s, found %s"
					.formatted(producible(type), request.getHeader(HttpHeaders.ACCEPT)));
			case NoHandlerFoundException path -> problem(status, "not-found", "No such path",
					"Expected a path of this API, found " + path.getRequestURL());
			case ErrorResponseException ours -> ours.getBody();
			default -> problem(status, "bad-request", "Bad request", "Expected another request for this path");
		};
		HttpHeaders named = new HttpHeaders(headers);
		// Named, because nothing can be negotiated with an Accept header that is wrong.
		named.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return super.handleExceptionInternal(ex, problem, named, status, request);
	}

	/** An outage or a defect, logged under the id that the answer carries. */
	@ExceptionHandler
	ResponseEntity<Object> failed(Exception ex) {
		URI incident = URI.create("urn:uuid:" + UUID.randomUUID());
		if (Outage.causes(ex)) {
			log.warn("problem=unavailable incident={} cause={}", incident, ex.getMessage());
			ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Unavailable",
					"Expected to reach the database, found it out of reach; try again later");
			problem.setInstance(incident);
			return answer(problem);
		}
		log.error("problem=internal incident={}", incident, ex);
		ProblemDetail problem = problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Internal error",
				"Expected to answer, found a defect of this service; its log has it under the id of this instance");
		problem.setInstance(incident);
		return answer(problem);
	}

	/** Unknown when the Accept header itself is wrong. */
	private static String producible(HttpMediaTypeNotAcceptableException ex) {
		return ex.getSupportedMediaTypes().isEmpty() ? MediaType.APPLICATION_JSON_VALUE
				: MediaType.toString(ex.getSupportedMediaTypes());
	}

	private static ProblemDetail invalid(List<WrongField> errors) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request",
				"Expected no invalid field, found %d".formatted(errors.size()));
		problem.setProperty("errors", errors.stream().limit(ERRORS_MAX).toList());
		return problem;
	}

	private static ProblemDetail problem(HttpStatusCode status, String type, String title, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create(TYPES + type));
		problem.setTitle(title);
		return problem;
	}

	private static ResponseEntity<Object> answer(ProblemDetail problem) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus())
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		return answer.body(problem);
	}

}
