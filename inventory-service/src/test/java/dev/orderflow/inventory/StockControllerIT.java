package dev.orderflow.inventory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.orderflow.test.consumer.ConsumerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: an operator reads and sets the stock, but never below the reserved units. Method:
 * requests over HTTP for a product that no other test uses.
 */
@ConsumerTest
class StockControllerIT {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final String SKU = "SKU-OF-THE-STOCK-TEST";

	@Autowired
	JdbcClient jdbc;

	@Autowired
	PlatformTransactionManager transactions;

	private RestTestClient http;

	@BeforeEach
	void store(@LocalServerPort int port) {
		this.http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
		this.jdbc.sql("delete from stock where sku = :sku").param("sku", SKU).update();
		this.jdbc.sql("insert into stock (sku, stocked, on_hand, reserved) values (:sku, 15, 10, 4)")
			.param("sku", SKU)
			.update();
	}

	@Test
	void showsOneProduct() {
		this.http.get().uri("/stock/{sku}", SKU).exchange().expectStatus().isOk().expectBody().json("""
				{"sku": "SKU-OF-THE-STOCK-TEST", "onHand": 10, "reserved": 4, "available": 6}""");
	}

	@Test
	void showsAllProducts() {
		this.http.get()
			.uri("/stock")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$[?(@.sku == '%s')].available".formatted(SKU))
			.isEqualTo(6);
	}

	@Test
	void answers404ForAProductThatIsNotStocked() {
		expectProblem(this.http.get().uri("/stock/SKU-NONE").exchange(), HttpStatus.NOT_FOUND, "sku-not-found");
		expectProblem(put("SKU-NONE", "{\"onHand\": 5}"), HttpStatus.NOT_FOUND, "sku-not-found");
	}

	@Test
	void setsTheUnitsOnHand() {
		put(SKU, "{\"onHand\": 4}").expectStatus().isOk().expectBody().json("""
				{"sku": "SKU-OF-THE-STOCK-TEST", "onHand": 4, "reserved": 4, "available": 0}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/xml", "application/json;charset=utf-16", ",,," })
	void changesNothingIfTheResponseIsNotAcceptable(String accept) {
		expectProblem(this.http.put()
			.uri("/stock/{sku}", SKU)
			.header("Accept", accept)
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"onHand\": 7}")
			.exchange(), HttpStatus.NOT_ACCEPTABLE, "not-acceptable");

		assertThat(onHand()).isEqualTo(10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/*+json", "text/plain" })
	void acceptsOnlyJson(String contentType) {
		expectProblem(this.http.put()
			.uri("/stock/{sku}", SKU)
			.header("Content-Type", contentType)
			.body("{\"onHand\": 7}")
			.exchange(), HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");

		assertThat(onHand()).isEqualTo(10);
	}

	@Test
	void refusesLessThanIsReserved() {
		expectProblem(put(SKU, "{\"onHand\": 3}"), HttpStatus.CONFLICT, "below-reserved");

		assertThat(onHand()).isEqualTo(10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"onHand\": -1}", "{\"onHand\": 5.7}", "{\"onHand\": \"5\"}", "{\"onHand\": null}",
			"{\"onHand\": 9223372036854775808}" })
	void namesTheFieldOfABadBody(String body) {
		expectProblem(put(SKU, body), HttpStatus.BAD_REQUEST, "invalid-request").jsonPath("$.errors[0].field")
			.isEqualTo("onHand")
			.jsonPath("$.errors[0].message")
			.exists();
		assertThat(onHand()).isEqualTo(10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "nonsense", "[]" })
	void namesTheBodyThatIsNoJsonObject(String body) {
		expectProblem(put(SKU, body), HttpStatus.BAD_REQUEST, "invalid-request").jsonPath("$.errors[0].field")
			.isEqualTo("body");
	}

	@Test
	void answersRejectionsOfSpringWithAProblem() {
		expectProblem(this.http.get().uri("/nowhere").exchange(), HttpStatus.NOT_FOUND, "not-found");
		expectProblem(this.http.delete().uri("/stock/{sku}", SKU).exchange(), HttpStatus.METHOD_NOT_ALLOWED,
				"method-not-allowed");
		expectProblem(this.http.put().uri("/stock/{sku}", SKU).contentType(MediaType.TEXT_PLAIN).body("5").exchange(),
				HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");
	}

	@Test
	void refusesAFieldThatItDoesNotKnow() {
		expectProblem(put(SKU, "{\"onHand\": 5, \"reserved\": 0}"), HttpStatus.BAD_REQUEST, "invalid-request");
		assertThat(onHand()).isEqualTo(10);
	}

	@Test
	void hasNoErrorPage() {
		expectProblem(this.http.get().uri("/error").exchange(), HttpStatus.NOT_FOUND, "not-found");
	}

	@Test
	void neverDropsBelowAConcurrentReservation() {
		CompletableFuture<RestTestClient.ResponseSpec> adjusting = new TransactionTemplate(this.transactions)
			.execute((status) -> {
				this.jdbc.sql("update stock set reserved = 9 where sku = :sku").param("sku", SKU).update();
				CompletableFuture<RestTestClient.ResponseSpec> answer = CompletableFuture
					.supplyAsync(() -> put(SKU, "{\"onHand\": 5}"));
				await("the adjustment to wait for the reservation").atMost(BOUND)
					.until(() -> this.jdbc.sql("select count(*) from pg_locks where not granted")
						.query(Long.class)
						.single() == 1);
				return answer;
			});

		expectProblem(adjusting.join(), HttpStatus.CONFLICT, "below-reserved");
		assertThat(onHand()).isEqualTo(10);
	}

	private RestTestClient.ResponseSpec put(String sku, String body) {
		return this.http.put().uri("/stock/{sku}", sku).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	private static RestTestClient.BodyContentSpec expectProblem(RestTestClient.ResponseSpec answer, HttpStatus status,
			String type) {
		return answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://orderflow.dev/problems/" + type)
			.jsonPath("$.title")
			.exists()
			.jsonPath("$.status")
			.isEqualTo(status.value())
			.jsonPath("$.detail")
			.exists();
	}

	private long onHand() {
		return this.jdbc.sql("select on_hand from stock where sku = :sku").param("sku", SKU).query(Long.class).single();
	}

}
