package dev.orderflow.orders;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: reading an accepted order returns exactly the response to its placement. Method:
 * the whole service over HTTP, JVM and database session in different time zones.
 */
@OrderServiceTest
class PlaceOrderIT {

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void answersTheStoredOrderWithItsLocation() {
		Api.Answer answer = this.api.post(Fixtures.aValidBody());

		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
		String orderId = answer.body().get("orderId").asString();
		assertThat(UUID.fromString(orderId).version()).isEqualTo(7);
		assertThat(answer.header("Location")).isEqualTo("/orders/" + orderId);
		assertThat(answer.body().get("placedAt").asString())
			.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z");
		JsonNode expected = this.json.readTree("""
				{"orderId": "%s", "customerId": "customer-7", "status": "PLACED",
				 "lines": [{"sku": "SKU-KETTLE", "quantity": 2, "unitPriceCents": 4990},
				           {"sku": "SKU-MUG", "quantity": 4, "unitPriceCents": 890}],
				 "totalCents": 13540, "currency": "EUR",
				 "shipTo": {"name": "Ada Lovelace", "street": "12 St James's Square", "city": "London",
				            "postalCode": "SW1Y 4JH", "country": "GB"},
				 "placedAt": "%s"}""".formatted(orderId, answer.body().get("placedAt").asString()));
		assertThat(answer.body()).isEqualTo(expected);
	}

	@Test
	void readsBackWhatItAnswered() {
		Api.Answer placed = this.api.post(Fixtures.aValidBody());

		Api.Answer read = this.api.get(placed.header("Location"));

		assertThat(read.status()).isEqualTo(200);
		assertThat(read.response().body()).isEqualTo(placed.response().body());
	}

	@Test
	void keepsTheOrderOfTheLines() {
		String body = Fixtures.aValidBody().replace("SKU-KETTLE", "SKU-TOASTER");

		Api.Answer read = this.api.get(this.api.post(body).header("Location"));

		assertThat(read.body().get("lines").valueStream().map((line) -> line.get("sku").asString()))
			.containsExactly("SKU-TOASTER", "SKU-MUG");
	}

	@Test
	void storesTextOfAllLanguages() {
		String name = "Ærøskøbing 東京 שלום 😀 \\\"quoted\\\" O'Brien; -- $1 {0}";
		Api.Answer placed = this.api.post(Fixtures.aValidBody().replace("Ada Lovelace", name));

		Api.Answer read = this.api.get(placed.header("Location"));

		assertThat(read.body().get("shipTo").get("name").asString())
			.isEqualTo("Ærøskøbing 東京 שלום 😀 \"quoted\" O'Brien; -- $1 {0}");
	}

	@Test
	void theCatalogueRefusesAPriceAboveTheBoundOfALine() {
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> this.jdbc.sql("""
				update product
				set unit_price_cents = :cents
				where sku = 'SKU-MUG'""").param("cents", OrderLine.UNIT_PRICE_CENTS_MAX + 1).update());
	}

	@Test
	void listsTheCatalogue() {
		Api.Answer answer = this.api.get("/products");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).hasSize(12);
		assertThat(answer.body().valueStream()).contains(this.json.readTree(
				"{\"sku\": \"SKU-KETTLE\", \"name\": \"Kettle\", \"unitPriceCents\": 4990, \"currency\": \"EUR\"}"),
				this.json.readTree(
						"{\"sku\": \"SKU-MUG\", \"name\": \"Mug\", \"unitPriceCents\": 890, \"currency\": \"EUR\"}"));
	}

	@Test
	void answersProbesOnTheManagementPortOnly() {
		assertThat(this.api.getFromManagement("/actuator/health/readiness").body().get("status").asString())
			.isEqualTo("UP");
		assertThat(this.api.getFromManagement("/actuator/health/liveness").body().get("status").asString())
			.isEqualTo("UP");
		assertThat(this.api.get("/actuator/health").status()).isEqualTo(404);
	}

}
