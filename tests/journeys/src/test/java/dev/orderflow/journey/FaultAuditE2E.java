package dev.orderflow.journey;

import java.nio.file.Path;
import java.util.List;

import dev.orderflow.demo.Stack;
import dev.orderflow.demo.StackSettings;
import dev.orderflow.faults.AuditRun;
import dev.orderflow.faults.Verdict;
import dev.orderflow.topology.Topology;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whatever breaks, no order is lost, doubled or reordered, and dead letters are
 * exactly the poison. Method: the short form of {@code bin/audit}: orders and
 * cancellations come steadily while one thing after the other breaks; then answers,
 * topics and databases are compared. The system is its own, because poison stays in it;
 * it runs before the others start theirs.
 */
@Order(1)
class FaultAuditE2E {

	private static final long SEED = 20_261_130;

	private static final double PER_SECOND = 8;

	private static final List<String> PLAN = List.of("poison:orders:0", "kill-service:order-service:1",
			"scaled:recommendation-service:0", "duplicates:orders:0", "kill-kafka:kafka:2",
			"database-closed:analytics-service:4", "freeze-service:shipping-service:12", "kill-postgres:postgres:1",
			"poison:orders.shipping-service.replay:0");

	@Test
	void nothingIsLostDoubledOrReordered(@TempDir Path state) throws Exception {
		try (Stack stack = new Stack(StackSettings.freePorts(Topology.load(), WholeSystem.ROOT, state),
				System.out::println)) {
			stack.start();
			Verdict verdict = new AuditRun(stack, SEED, System.out::println).planned(PLAN, PER_SECOND);

			System.out.println(verdict.text());
			assertThat(verdict.holds()).as(verdict.text()).isTrue();
		}
	}

}
