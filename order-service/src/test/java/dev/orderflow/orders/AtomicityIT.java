package dev.orderflow.orders;

import java.util.List;

import dev.orderflow.outbox.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.invocation.InvocationOnMock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.reset;

/**
 * Goal: order and event are stored together or not at all. Method: the real outbox
 * appends, and then the use case fails.
 */
@OrderServiceTest
class AtomicityIT {

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@MockitoSpyBean
	private Outbox outbox;

	private boolean appended;

	@BeforeEach
	void failAfterAppending() {
		doAnswer(this::appendAndFail).when(this.outbox).appendAll(any());
	}

	@Test
	void failureAfterTheAppendLeavesNeitherOrderNorEvent() {
		Api.Answer answer = this.api.post(Fixtures.aValidBody());

		assertThat(this.appended).isTrue();
		assertThat(answer.status()).isEqualTo(500);
		assertThat(rowsOf("customer_order")).isZero();
		assertThat(rowsOf("order_line")).isZero();
		assertThat(rowsOf("outbox_event")).isZero();
	}

	@Test
	void failureAfterTheAppendLeavesTheKeyFree() {
		assertThat(this.api.post(Fixtures.aValidBody(), "failed").status()).isEqualTo(500);
		assertThat(rowsOf("idempotency_key")).isZero();
		assertThat(rowsOf("order_event")).isZero();

		reset(this.outbox);

		assertThat(this.api.post(Fixtures.aValidBody(), "failed").status()).isEqualTo(201);
		assertThat(rowsOf("customer_order")).isOne();
		for (String table : List.of("order_event", "idempotency_key", "order_line", "outbox_event", "customer_order")) {
			this.jdbc.sql("delete from " + table).update();
		}
	}

	@Test
	void failureIsAnsweredWithTheIdOfItsLogLineAndNothingElse() {
		Api.Answer answer = this.api.post(Fixtures.aValidBody());

		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.body().get("type").asString()).isEqualTo("https://orderflow.dev/problems/internal");
		assertThat(answer.body().get("instance").asString()).startsWith("urn:uuid:");
		assertThat(answer.response().body()).doesNotContain("IllegalState", "secret");
	}

	private Object appendAndFail(InvocationOnMock append) throws Throwable {
		append.callRealMethod();
		this.appended = rowsOf("outbox_event") == 1 && rowsOf("customer_order") == 1;
		throw new IllegalStateException("secret");
	}

	private int rowsOf(String table) {
		return this.jdbc.sql("select count(*) from " + table).query(Integer.class).single();
	}

}
