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

	INVALID_REQUEST("InvalidRequest", 400, "A field or parameter is invalid; errors names each", "invalid-request",
			"Invalid request", "Invalid fields or parameters: 1; see errors"),

	NOT_FOUND("NotFound", 404, "No such order or event", "order-not-found", "Order not found",
			"No order 01981c7e-0000-7000-8000-000000000001: expected an orderId that POST /orders returned"),

	NOT_ACCEPTABLE("NotAcceptable", 406, "Accept allows none of the available media types", "not-acceptable",
			"Not acceptable", "Accept 'text/csv' allows none of the available media types: application/json"),

	KEY_IN_FLIGHT("KeyInFlight", 409, "The first request with this Idempotency-Key is still in progress",
			"idempotency-key-in-flight", "Idempotency key in flight",
			"The first request with this Idempotency-Key is still in progress; try again later"),

	ORDER_FINAL("OrderFinal", 409, "The order is REJECTED, CANCELLED or SHIPPED", "order-final", "Order final",
			"Order 01981c7e-0000-7000-8000-000000000001 is SHIPPED, which is final: expected PLACED, CONFIRMED or "
					+ "CANCELLING"),

	BODY_TOO_LARGE("BodyTooLarge", 413, "More than 64 KiB", "body-too-large", "Body too large",
			"The body exceeds 65536 bytes"),

	UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415, "Not JSON, or a Content-Type with a wildcard",
			"unsupported-media-type", "Unsupported media type",
			"Content-Type text/plain is not supported: expected application/json"),

	CANNOT_PLACE("CannotPlace", 422,
			"A sku is not in the catalogue, or the Idempotency-Key was used with a different request", "unknown-sku",
			"Unknown sku", "Not in the catalogue: SKU-UNICORN; GET /products lists the catalogue"),

	DEFECT("Defect", 500, "Internal error", "internal", "Internal",
			"Internal error; the service has logged it under the id in instance"),

	UNAVAILABLE("Unavailable", 503, "The database is unavailable or too busy; Retry-After says when to try again",
			"unavailable", "Unavailable", "The database is unavailable or too busy; try again later");

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
		problem.addProperty("detail",
				new StringSchema().description("What is wrong, what was expected and what was found"));
		problem.addProperty("instance",
				new StringSchema().format("uri-reference").description("Id of the error in the service's log"));
		problem.addProperty("errors",
				new ArraySchema().items(error).description("The invalid fields and parameters, at most 100"));
		problem.required(List.of("type", "title", "status", "detail"));
		return problem;
	}

}
