package dev.orderflow.orders.http;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;

/** The error responses, as the OpenAPI document describes them. */
enum ApiProblem {

	INVALID_REQUEST("InvalidRequest", 400, "Something in the request is not valid; errors names it", "invalid-request",
			"Invalid request", "Expected no invalid field, found 1"),

	NOT_FOUND("NotFound", 404, "No such order or event", "order-not-found", "No such order",
			"No order 01981c7e-0000-7000-8000-000000000001"),

	NOT_ACCEPTABLE("NotAcceptable", 406, "Cannot be written as Accept asks", "not-acceptable", "Not acceptable",
			"Expected Accept to allow application/json, found text/csv"),

	KEY_IN_FLIGHT("KeyInFlight", 409, "The first request with this Idempotency-Key is not answered yet",
			"idempotency-key-in-flight", "Idempotency-Key in flight",
			"Expected no other request with this Idempotency-Key in flight, found one; try again later"),

	BODY_TOO_LARGE("BodyTooLarge", 413, "More than 64 KiB", "body-too-large", "Body too large",
			"Expected a body of at most 65536 bytes, found more"),

	UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415, "Not JSON, or a Content-Type with a wildcard",
			"unsupported-media-type", "Unsupported media type",
			"Expected Content-Type application/json, found text/plain"),

	CANNOT_PLACE("CannotPlace", 422,
			"The catalogue has no such sku, or the Idempotency-Key was used with another request", "unknown-sku",
			"Unknown sku", "Expected skus of the catalogue, found SKU-UNICORN"),

	DEFECT("Defect", 500, "A defect of this service", "internal", "Internal error",
			"Expected to answer, found a defect of this service; its log has it under the id of this instance"),

	UNAVAILABLE("Unavailable", 503, "The database is out of reach; Retry-After says when to try again", "unavailable",
			"Unavailable", "Expected to reach the database, found it out of reach; try again later");

	/** Name of their common schema. */
	static final String SCHEMA = "Problem";

	private final String key;

	private final int status;

	private final String description;

	private final String type;

	private final String title;

	private final String detail;

	ApiProblem(String key, int status, String description, String type, String title, String detail) {
		this.key = key;
		this.status = status;
		this.description = description;
		this.type = type;
		this.title = title;
		this.detail = detail;
	}

	/** The key by which operations refer to it. */
	String key() {
		return this.key;
	}

	int status() {
		return this.status;
	}

	ApiResponse response() {
		Map<String, Object> example = Map.of("type", "https://orderflow.dev/problems/" + this.type, "title", this.title,
				"status", this.status, "detail", this.detail);
		return new ApiResponse().description(this.description)
			.content(new Content().addMediaType("application/problem+json",
					new MediaType().schema(new Schema<>().$ref(SCHEMA)).example(example)));
	}

	static Schema<?> schema() {
		ObjectSchema error = new ObjectSchema();
		error.addProperty("field", new StringSchema().example("lines[0].quantity"));
		error.addProperty("message", new StringSchema());
		error.required(List.of("field", "message"));
		ObjectSchema problem = new ObjectSchema();
		problem.description("An RFC 9457 problem");
		problem.addProperty("type", new StringSchema().format("uri").description("Names the kind of problem"));
		problem.addProperty("title", new StringSchema());
		problem.addProperty("status", new IntegerSchema());
		problem.addProperty("detail", new StringSchema().description("What was expected and what was found"));
		problem.addProperty("instance", new StringSchema().format("uri-reference").description("Its id in the log"));
		problem.addProperty("errors", new ArraySchema().items(error).description("What is not valid, the first 100"));
		problem.required(List.of("type", "title", "status", "detail"));
		return problem;
	}

}
