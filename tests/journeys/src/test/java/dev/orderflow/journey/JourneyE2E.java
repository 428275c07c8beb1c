package dev.orderflow.journey;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.orderflow.audit.OrderTraffic;
import dev.orderflow.audit.Reconciler;
import dev.orderflow.audit.Reconciliation;
import dev.orderflow.demo.Instance;
import dev.orderflow.demo.Stack;
import dev.orderflow.topology.Service;
import dev.orderflow.watch.NamedMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Goal: every accepted order has its effect once, though processes come and go. Method:
 * the whole system runs as it is shipped, one process a service; orders are placed over
 * HTTP while a second inventory-service joins, the first is killed, and order-service is
 * killed and started again; then topics and databases are reconciled with the answers
 * that clients got. The system is what rules and dashboards are about, so that it must
 * also export the metrics that they name.
 */
@ExtendWith(WholeSystem.Shared.class)
class JourneyE2E {

	private static final Duration BOUND = Duration.ofMinutes(2);

	private static final int ORDERS_A_PHASE = 200;

	/** A port bound to all interfaces also answers on other addresses of 127.0.0.0/8. */
	private static void assertListensToThisMachineAlone(int port) {
		for (int each : List.of(port, port + Service.MANAGEMENT_OFFSET)) {
			assertThatExceptionOfType(IOException.class).as("port " + each).isThrownBy(() -> {
				try (Socket socket = new Socket()) {
					socket.connect(new InetSocketAddress("127.0.0.2", each), 2000);
				}
			});
		}
	}

	@Test
	void ordersComeThroughWhileProcessesJoinAndDie(WholeSystem system) throws Exception {
		Stack stack = system.stack();
		stack.topology()
			.services()
			.forEach((service) -> assertListensToThisMachineAlone(system.settings().port(service)));
		OrderTraffic traffic = new OrderTraffic(stack.instance("order-service").uri(), 7);
		Reconciler reconciler = stack.reconciler();
		Set<UUID> promised = new HashSet<>(reconciler.storedOrders());

		CompletableFuture<Void> placing = CompletableFuture.runAsync(() -> traffic.place(ORDERS_A_PHASE));
		Instance second = stack.scaleOut("inventory-service");
		stack.instance("inventory-service").process().kill();
		placing.join();
		assertThat(traffic.accepted()).as("orders accepted while inventory-service dies").hasSize(ORDERS_A_PHASE);

		stack.instance("order-service").process().kill();
		stack.restart("order-service");
		traffic.place(ORDERS_A_PHASE);
		assertThat(traffic.accepted()).as("orders accepted in all").hasSize(2 * ORDERS_A_PHASE);

		await("all events processed").atMost(BOUND).until(() -> reconciler.remaining() == 0);
		promised.addAll(traffic.accepted());
		Reconciliation found = reconciler.reconcile(Optional.of(promised));
		System.out.println(found.table());
		assertThat(found.failures()).isEmpty();
		// Micrometer looks for further metrics of a Kafka client once a minute.
		await("all named metrics exported").atMost(BOUND)
			.untilAsserted(
					() -> assertThat(new NamedMetrics(WholeSystem.ROOT).missing(ExportedMetrics.of(stack))).isEmpty());

		stack.restart("inventory-service");
		second.close();
	}

}
