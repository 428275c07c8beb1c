package dev.orderflow.orders;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: two requests with one Idempotency-Key place one order and get the same answer.
 * Method: the whole service over HTTP; a request is held in flight by a lock on the table
 * that it has to write.
 */
@OrderServiceTest
class IdempotencyIT {

	private static final int RACERS = 20;

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private DataSource dataSource;

	private Api.Stored before;

	@BeforeEach
	void count() {
		this.before = this.api.stored();
	}

	@Test
	void answersTheSameRequestWithTheFirstAnswer() {
		Api.Answer first = this.api.post(Fixtures.aValidBody(), "same");
		Api.Answer second = this.api.post(Fixtures.aValidBody(), "same");

		assertThat(first.status()).isEqualTo(201);
		assertThatItIsTheSame(second, first);
		assertThat(ordersSince()).isOne();
		assertThat(eventsSince()).isOne();
	}

	@Test
	void ignoresWhitespaceAndOrderOfFields() {
		Api.Answer first = this.api.post(Fixtures.aValidBody(), "layout");
		String rewritten = """
				{"shipTo": {"country": "GB", "postalCode": "SW1Y 4JH", "city": "London",
				            "street": "12 St James's Square", "name": "Ada Lovelace"},
				 "lines": [{"quantity": 2, "sku": "SKU-KETTLE"}, {"quantity": 4, "sku": "SKU-MUG"}],
				   "customerId":    "customer-7"}""";

		assertThatItIsTheSame(this.api.post(rewritten, "layout"), first);
		assertThat(ordersSince()).isOne();
	}

	/** A request that an earlier release answered is the same request to this one. */
	@Test
	void digestsARequestAsEarlierReleasesDid() {
		this.api.post(Fixtures.aValidBody(), "digest");

		assertThat(this.jdbc.sql("select encode(request_digest, 'hex') from idempotency_key where key = 'digest'")
			.query(String.class)
			.single()).isEqualTo("24a7d44f19a0abf66210166b70a13570981cfdfe3aafa488db8665c452d2e84d");
	}

	@Test
	void keepsTheFirstAnswerThoughTheOrderHasChanged() {
		Api.Answer first = this.api.post(Fixtures.aValidBody(), "changed");
		this.jdbc.sql("update customer_order set ship_to_city = 'Paris' where id = :id::uuid")
			.param("id", first.body().get("orderId").asString())
			.update();

		assertThatItIsTheSame(this.api.post(Fixtures.aValidBody(), "changed"), first);
	}

	@Test
	void refusesTheKeyOfAnotherRequest() {
		this.api.post(Fixtures.aValidBody(), "reused");
		Api.Stored afterTheFirst = this.api.stored();

		Api.Answer more = this.api.post(Fixtures.aValidBody().replace(": 4}", ": 5}"), "reused");
		Api.Answer unknown = this.api.post(Fixtures.aValidBody().replace("SKU-MUG", "SKU-UNICORN"), "reused");

		assertThatItIsAProblem(more, 422, "idempotency-key-reused");
		assertThatItIsAProblem(unknown, 422, "idempotency-key-reused");
		assertThat(this.api.stored()).isEqualTo(afterTheFirst);
	}

	@Test
	void keepsTheKeysOfCustomersApart() {
		Api.Answer ada = this.api.post(Fixtures.aValidBody(), "shared");
		Api.Answer bob = this.api.post(Fixtures.aValidBody().replace("customer-7", "customer-8"), "shared");

		assertThat(bob.status()).isEqualTo(201);
		assertThat(bob.header("Location")).isNotEqualTo(ada.header("Location"));
	}

	@Test
	void leavesTheKeyOfARefusedRequestFree() {
		assertThat(this.api.post("{}", "refused").status()).isEqualTo(400);
		assertThat(this.api.post(Fixtures.aValidBody().replace("SKU-MUG", "SKU-UNICORN"), "refused").status())
			.isEqualTo(422);

		assertThat(this.api.post(Fixtures.aValidBody(), "refused").status()).isEqualTo(201);
	}

	@Test
	void refusesARequestWhileTheFirstOneIsInFlight() throws Exception {
		try (ExecutorService customer = Executors.newSingleThreadExecutor();
				Connection other = this.dataSource.getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().execute("lock table order_line in share mode");
			Future<Api.Answer> first = customer.submit(() -> this.api.post(Fixtures.aValidBody(), "in-flight"));
			Awaitility.await().until(this::somebodyWaitsForTheTable);
			Api.Stored meanwhile = this.api.stored();

			Api.Answer second = this.api.post(Fixtures.aValidBody(), "in-flight");

			assertThatItIsAProblem(second, 409, "idempotency-key-in-flight");
			assertThat(this.api.stored()).isEqualTo(meanwhile);
			other.rollback();
			assertThat(first.get().status()).isEqualTo(201);
			assertThatItIsTheSame(this.api.post(Fixtures.aValidBody(), "in-flight"), first.get());
		}
	}

	@RepeatedTest(10)
	void placesOneOrderForManyRequestsAtOnce(RepetitionInfo race) throws Exception {
		String key = "race-" + race.getCurrentRepetition();
		CountDownLatch start = new CountDownLatch(1);
		List<Future<Api.Answer>> answers = new ArrayList<>();
		try (ExecutorService customer = Executors.newFixedThreadPool(RACERS)) {
			for (int racer = 0; racer < RACERS; racer++) {
				answers.add(customer.submit(() -> {
					start.await();
					return this.api.post(Fixtures.aValidBody(), key);
				}));
			}
			start.countDown();
		}

		Api.Answer placed = this.api.post(Fixtures.aValidBody(), key);
		for (Future<Api.Answer> answer : answers) {
			if (answer.get().status() == 409) {
				assertThatItIsAProblem(answer.get(), 409, "idempotency-key-in-flight");
			}
			else {
				assertThatItIsTheSame(answer.get(), placed);
			}
		}
		assertThat(ordersSince()).isOne();
		assertThat(eventsSince()).isOne();
	}

	@Test
	void treatsAnExpiredKeyAsUnused() {
		Api.Answer first = this.api.post(Fixtures.aValidBody(), "expired");
		age("expired", "24 hours");

		Api.Answer second = this.api.post(Fixtures.aValidBody().replace(": 4}", ": 5}"), "expired");

		assertThat(second.status()).isEqualTo(201);
		assertThat(second.header("Location")).isNotEqualTo(first.header("Location"));
		assertThatItIsTheSame(this.api.post(Fixtures.aValidBody().replace(": 4}", ": 5}"), "expired"), second);
	}

	@Test
	void keepsAKeyForADay() {
		Api.Answer first = this.api.post(Fixtures.aValidBody(), "kept");
		age("kept", "23 hours 59 minutes");

		assertThatItIsTheSame(this.api.post(Fixtures.aValidBody(), "kept"), first);
	}

	private void age(String key, String age) {
		this.jdbc.sql("update idempotency_key set used_at = used_at - :age::interval where key = :key")
			.param("age", age)
			.param("key", key)
			.update();
	}

	private boolean somebodyWaitsForTheTable() {
		return this.jdbc
			.sql("select exists (select from pg_locks where not granted and relation = 'order_line'::regclass)")
			.query(Boolean.class)
			.single();
	}

	private long ordersSince() {
		return this.api.stored().orders() - this.before.orders();
	}

	private long eventsSince() {
		assertThat(this.api.stored().kept() - this.before.kept()).isEqualTo(ordersSince());
		return this.api.stored().appended() - this.before.appended();
	}

	private static void assertThatItIsTheSame(Api.Answer answer, Api.Answer first) {
		assertThat(answer.status()).as(answer.response().body()).isEqualTo(first.status());
		assertThat(answer.header("Location")).isEqualTo(first.header("Location"));
		assertThat(answer.header("Content-Type")).isEqualTo(first.header("Content-Type"));
		assertThat(answer.response().body()).isEqualTo(first.response().body());
	}

	private static void assertThatItIsAProblem(Api.Answer answer, int status, String type) {
		assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.body().get("type").asString()).isEqualTo("https://orderflow.dev/problems/" + type);
	}

}
