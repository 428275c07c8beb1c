package dev.orderflow.problem;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What Spring MVC refuses, and failures, as problems. Of a failure inside, the answer
 * says nothing but the id under which it is logged. Where it ends: what Tomcat refuses to
 * read never comes here.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	private static final String RETRY_AFTER_SECONDS = "5";

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (status.is5xxServerError()) {
			return failed(ex);
		}
		ProblemDetail problem = switch (ex) {
			case ErrorResponseException ours -> ours.getBody();
			case TypeMismatchException mismatch ->
				Problems.invalid(nameOf(mismatch), "a valid " + typeOf(mismatch), mismatch.getValue());
			case HttpMessageNotReadableException _ -> Problems.invalid("body", "well-formed JSON", "something else");
			default -> {
				String reason = HttpStatus.valueOf(status.value()).getReasonPhrase();
				yield Problems.problem(status, reason.toLowerCase(Locale.ROOT).replace(' ', '-'),
						"Expected a request that this service has an answer to, found one of: " + reason);
			}
		};
		HttpHeaders named = new HttpHeaders(headers);
		// Named, because nothing can be negotiated with an Accept header that is wrong.
		named.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return super.handleExceptionInternal(ex, problem, named, status, request);
	}

	private static String nameOf(TypeMismatchException ex) {
		return (ex instanceof MethodArgumentTypeMismatchException argument) ? argument.getName()
				: String.valueOf(ex.getPropertyName());
	}

	private static String typeOf(TypeMismatchException ex) {
		return Optional.ofNullable(ex.getRequiredType()).map(Class::getSimpleName).orElse("value");
	}

	/** The database is out of reach, or others were in the way for too long. */
	@ExceptionHandler({ DataAccessResourceFailureException.class, TransientDataAccessException.class,
			CannotCreateTransactionException.class })
	ResponseEntity<Object> unavailable(Exception ex) {
		ProblemDetail problem = Problems.problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable",
				"Expected to reach the database, found it out of reach; try again later");
		log.warn("problem=unavailable incident={} cause={}", incidentOf(problem), ex.toString());
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

	/** A defect. */
	@ExceptionHandler
	ResponseEntity<Object> failed(Exception ex) {
		ProblemDetail problem = Problems.problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal",
				"Expected to answer, found a defect of this service; its log has it under the id of this instance");
		log.error("problem=internal incident={}", incidentOf(problem), ex);
		return ResponseEntity.internalServerError().contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

	private static URI incidentOf(ProblemDetail problem) {
		URI incident = URI.create("urn:uuid:" + UUID.randomUUID());
		problem.setInstance(incident);
		return incident;
	}

}
