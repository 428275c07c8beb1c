package dev.orderflow.problem;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import dev.orderflow.outage.Contention;
import dev.orderflow.outage.Outage;
import org.apache.tomcat.util.http.InvalidParameterException;
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
 * Answers every error with an RFC 9457 problem: a stable type, and a detail that says
 * what is wrong, what was expected and what was found. For an internal failure, the
 * answer contains only the id under which it is logged.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemAdvice.class);

	private static final String RETRY_AFTER_SECONDS = "5";

	/** Replaces Spring MVC's messages, which may name classes. */
	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (status.is5xxServerError()) {
			return failed(ex);
		}
		ProblemDetail problem = switch (ex) {
			case MethodArgumentNotValidException invalid ->
				Problems.invalid(invalid.getFieldErrors().stream().map(WrongField::of).toList());
			case HandlerMethodValidationException invalid ->
				Problems.invalid(invalid.getParameterValidationResults().stream().flatMap(WrongField::of).toList());
			case HttpMessageNotReadableException unreadable -> Problems.invalid(List.of(WrongField.of(unreadable)));
			case TypeMismatchException mismatch -> Problems.invalid(List.of(WrongField.of(mismatch)));
			case HttpRequestMethodNotSupportedException method -> Problems.problem(status, "method-not-allowed",
					"Method %s is not allowed: expected one of %s".formatted(method.getMethod(), headers.getAllow()));
			case HttpMediaTypeNotSupportedException type -> Problems.problem(status, "unsupported-media-type",
					Problems.unsupported(request.getHeader(HttpHeaders.CONTENT_TYPE)));
			case HttpMediaTypeNotAcceptableException type ->
				Problems.problem(status, "not-acceptable", "Accept '%s' allows none of the available media types: %s"
					.formatted(request.getHeader(HttpHeaders.ACCEPT), producible(type)));
			case NoHandlerFoundException path ->
				Problems.problem(status, "not-found", "Nothing is at " + path.getRequestURL());
			case ErrorResponseException ours -> ours.getBody();
			default -> Problems.problem(status, "bad-request", "The request does not match what this path accepts");
		};
		HttpHeaders named = new HttpHeaders(headers);
		// Set explicitly, because a wrong Accept header allows no negotiation.
		named.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return super.handleExceptionInternal(ex, problem, named, status, request);
	}

	/** Tomcat parses the query only when a parameter is read. */
	@ExceptionHandler
	ResponseEntity<Object> malformed(InvalidParameterException ex) {
		return answer(Problems.problem(HttpStatus.BAD_REQUEST, "bad-request",
				"The query string is malformed: expected percent-encoded UTF-8"));
	}

	/** An outage or a defect, logged under the id that the answer carries. */
	@ExceptionHandler
	ResponseEntity<Object> failed(Exception ex) {
		URI incident = URI.create("urn:uuid:" + UUID.randomUUID());
		if (Outage.causes(ex) || Contention.causes(ex)) {
			logger.warn("request failed: problem=unavailable incident={} cause={}", incident, ex.getMessage());
			ProblemDetail problem = Problems.problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable",
					"The database is unavailable or too busy; try again later");
			problem.setInstance(incident);
			return answer(problem);
		}
		logger.error("request failed: problem=internal incident={}", incident, ex);
		ProblemDetail problem = Problems.problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal",
				"Internal error; the service has logged it under the id in instance");
		problem.setInstance(incident);
		return answer(problem);
	}

	/** Unknown when the Accept header itself is wrong. */
	private static String producible(HttpMediaTypeNotAcceptableException ex) {
		return ex.getSupportedMediaTypes().isEmpty() ? MediaType.APPLICATION_JSON_VALUE
				: MediaType.toString(ex.getSupportedMediaTypes());
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
