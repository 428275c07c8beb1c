package dev.orderflow.orders.http;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import dev.orderflow.orders.Order;
import dev.orderflow.problem.Text;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import org.hibernate.validator.constraints.Range;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.PropertyCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Parts of the OpenAPI document that the controllers do not declare: titles, and every
 * error response, so that a method refers to its errors by a key.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

	private static final List<ApiProblem> OF_EVERY_OPERATION = List.of(ApiProblem.NOT_ACCEPTABLE,
			ApiProblem.UNSUPPORTED_MEDIA_TYPE, ApiProblem.DEFECT, ApiProblem.UNAVAILABLE);

	@Bean
	OpenAPI openApi() {
		return new OpenAPI()
			.info(new Info().title("Orderflow order-service")
				.version("1")
				.description("Takes orders and reports their progress. A rejected request is answered with an RFC 9457 "
						+ "problem that says what is wrong and what was expected."))
			.servers(List.of(new Server().url("/").description("This service")))
			.tags(List.of(new Tag().name("Orders").description("Placing, reading and cancelling orders"),
					new Tag().name("History").description("The events of an order"),
					new Tag().name("Catalogue").description("What can be ordered")))
			// Authorization happens in front of this service.
			.security(List.of())
			.components(components());
	}

	private static Components components() {
		Components components = new Components().addSchemas(ApiProblem.SCHEMA, ApiProblem.schema())
			.addExamples("CancellingOrder", new Example().summary("CANCELLING").value(cancellingOrder()))
			.addExamples("StructuredEvent", new Example().summary("order.placed").value(structuredEvent()));
		for (ApiProblem problem : ApiProblem.values()) {
			components.addResponses(problem.key(), problem.response());
		}
		return components;
	}

	/**
	 * Adds the answers common to all operations, and makes every property required except
	 * those of a problem.
	 */
	@Bean
	OpenApiCustomizer requireAllProperties() {
		return (api) -> {
			api.getPaths()
				.values()
				.stream()
				.flatMap((path) -> path.readOperations().stream())
				.forEach(ApiDocument::addAnswersOfEveryOperation);
			api.getComponents().getSchemas().forEach((name, schema) -> {
				if (!name.equals(ApiProblem.SCHEMA)) {
					requireAll(schema);
				}
			});
		};
	}

	/**
	 * Bounds that springdoc does not know, taken from the constraints that check them.
	 */
	@Bean
	PropertyCustomizer bounds() {
		return (property, type) -> {
			for (Annotation constraint : annotations(type)) {
				switch (constraint) {
					case Text text -> property.minLength(1).maxLength(text.max());
					case Range range ->
						property.minimum(BigDecimal.valueOf(range.min())).maximum(BigDecimal.valueOf(range.max()));
					case CountryCode _ -> property.pattern("^[A-Z]{2}$");
					default -> {
					}
				}
			}
			return property;
		};
	}

	private static void requireAll(Schema<?> schema) {
		schema.setRequired(List.copyOf(schema.getProperties().keySet()));
	}

	private static Annotation[] annotations(AnnotatedType type) {
		return (type.getCtxAnnotations() != null) ? type.getCtxAnnotations() : new Annotation[0];
	}

	private static void addAnswersOfEveryOperation(Operation operation) {
		for (ApiProblem problem : OF_EVERY_OPERATION) {
			operation.getResponses()
				.addApiResponse(Integer.toString(problem.status()), new ApiResponse().$ref(problem.key()));
		}
	}

	private static Map<String, Object> cancellingOrder() {
		return Map.of("orderId", "01981c7e-0000-7000-8000-000000000001", "customerId", "customer-7", "status",
				Order.Status.CANCELLING, "lines",
				List.of(Map.of("sku", "SKU-KETTLE", "quantity", 2, "unitPriceCents", 4990)), "totalCents", 9980,
				"currency", "EUR", "shipTo", Map.of("name", "Ada Lovelace", "street", "12 St James's Square", "city",
						"London", "postalCode", "SW1Y 4JH", "country", "GB"),
				"placedAt", "2026-11-21T09:30:00.123456Z");
	}

	private static Map<String, Object> structuredEvent() {
		return Map.of("specversion", "1.0", "id", "01981c7e-0000-7000-8000-000000000002", "source",
				"/orderflow/order-service", "type", "dev.orderflow.order.placed.v1", "subject",
				"01981c7e-0000-7000-8000-000000000001", "time", "2026-11-21T09:30:00.123456Z", "datacontenttype",
				"application/json", "data", Map.of("orderId", "01981c7e-0000-7000-8000-000000000001"));
	}

}
