package dev.orderflow.journey;

import java.util.List;

import dev.orderflow.faults.AuditRun;
import dev.orderflow.faults.Verdict;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whatever breaks, no order is lost, doubled or reordered, and dead letters are
 * exactly the poison. Method: the short form of {@code bin/audit}: orders and
 * cancellations come steadily while one thing after the other breaks; then answers,
 * topics and databases are compared. Its poison stays, so that only the flood runs after
 * it.
 */
@ExtendWith(WholeSystem.Shared.class)
@Order(Integer.MAX_VALUE - 1)
class FaultAuditE2E {

	private static final long SEED = 20_261_130;

	private static final double PER_SECOND = 8;

	private static final List<String> PLAN = List.of("poison:orders:0", "kill-service:order-service:1",
			"scaled:recommendation-service:0", "duplicates:orders:0", "kill-kafka:kafka:2",
			"database-closed:analytics-service:4", "freeze-service:shipping-service:12", "kill-postgres:postgres:1",
			"poison:orders.shipping-service.replay:0");

	@Test
	void nothingIsLostDoubledOrReordered(WholeSystem system) throws Exception {
		Verdict verdict = new AuditRun(system.stack(), SEED, System.out::println).planned(PLAN, PER_SECOND);

		System.out.println(verdict.text());
		assertThat(verdict.holds()).as(verdict.text()).isTrue();
	}

}
