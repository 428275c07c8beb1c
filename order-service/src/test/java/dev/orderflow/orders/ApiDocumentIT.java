package dev.orderflow.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the OpenAPI document describes every endpoint and no other. Method: the document,
 * read over HTTP, is compared with the mappings of Spring MVC. The test writes it to
 * {@code target/openapi.json} for a linter.
 */
@OrderServiceTest
class ApiDocumentIT {

	@Autowired
	private Api api;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	private JsonNode document;

	@BeforeEach
	void read() throws IOException {
		Api.Answer answer = this.api.get("/v3/api-docs");
		assertThat(answer.status()).isEqualTo(200);
		Files.writeString(Path.of("target", "openapi.json"), answer.response().body());
		this.document = answer.body();
	}

	@Test
	void hasEveryEndpointAndNoOther() {
		Set<String> documented = new TreeSet<>();
		this.document.get("paths")
			.forEachEntry((path, operations) -> operations.propertyNames()
				.forEach((method) -> documented.add(method.toUpperCase() + " " + path)));

		assertThat(documented).isEqualTo(mapped())
			.containsExactlyInAnyOrder("POST /orders", "GET /orders", "GET /orders/{orderId}",
					"GET /orders/{orderId}/timeline", "GET /orders/{orderId}/events/{eventId}",
					"POST /orders/{orderId}/cancellation", "GET /products");
	}

	@Test
	void describesEachOperationAndItsErrors() {
		this.document.get("paths").forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
			assertThat(operation.get("summary").asString()).as(path).isNotBlank();
			assertThat(operation.get("operationId").asString()).as(path).isNotBlank();
			assertThat(operation.get("responses").propertyNames()).as(path).contains("406", "500", "503");
			operation.get("responses").forEachEntry((status, response) -> {
				if (!status.startsWith("2")) {
					assertThatItIsAProblem(response, status);
				}
			});
		}));
	}

	@Test
	void documentsTheIdempotencyKey() {
		JsonNode parameters = this.document.get("paths").get("/orders").get("post").get("parameters");

		assertThat(parameters).hasSize(1);
		assertThat(parameters.get(0).get("name").asString()).isEqualTo("Idempotency-Key");
		assertThat(parameters.get(0).get("in").asString()).isEqualTo("header");
		assertThat(parameters.get(0).get("required").asBoolean()).isFalse();
	}

	@Test
	void documentsTheBoundsThatAreChecked() {
		JsonNode schemas = this.document.get("components").get("schemas");

		assertThat(schemas.at("/OrderRequest/properties/customerId/maxLength").asInt()).isEqualTo(64);
		assertThat(schemas.at("/OrderRequest/properties/lines/maxItems").asInt()).isEqualTo(100);
		assertThat(schemas.at("/Line/properties/quantity/minimum").asInt()).isEqualTo(1);
		assertThat(schemas.at("/Line/properties/quantity/maximum").asInt()).isEqualTo(1000);
		assertThat(schemas.at("/ShipTo/properties/postalCode/maxLength").asInt()).isEqualTo(20);
		assertThat(schemas.at("/ShipTo/properties/country/pattern").asString()).isEqualTo("^[A-Z]{2}$");
		assertThat(schemas.at("/OrderRequest/required").valueStream().map(JsonNode::asString))
			.containsExactlyInAnyOrder("customerId", "lines", "shipTo");
	}

	@Test
	void canBeReadInABrowser() {
		assertThat(this.api.get("/swagger-ui.html").status()).isEqualTo(302);
		Api.Answer page = this.api.get("/swagger-ui/index.html", "text/html");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.response().body()).contains("swagger-ui");
	}

	private void assertThatItIsAProblem(JsonNode response, String status) {
		JsonNode resolved = this.document.at(response.get("$ref").asString().substring(1));
		JsonNode content = resolved.get("content").get("application/problem+json");
		assertThat(content.get("schema").get("$ref").asString()).isEqualTo("#/components/schemas/Problem");
		assertThat(content.get("example").get("status").asString()).isEqualTo(status);
	}

	private Set<String> mapped() {
		Set<String> mapped = new TreeSet<>();
		this.mappings.getHandlerMethods().forEach((mapping, handler) -> {
			if (handler.getBeanType().getPackageName().startsWith("dev.orderflow")) {
				for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
					mapping.getPatternValues().forEach((path) -> mapped.add(method + " " + path));
				}
			}
		});
		return mapped;
	}

}
