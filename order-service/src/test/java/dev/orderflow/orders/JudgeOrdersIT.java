package dev.orderflow.orders;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import dev.orderflow.orders.Order.Status;
import dev.orderflow.orders.Trigger.ShipmentDispatched;
import dev.orderflow.orders.Trigger.StockRejected;
import dev.orderflow.orders.Trigger.StockReserved;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: judgements and cancellations of the same orders at the same time neither deadlock
 * nor lose a change. Method: batches of reports in transactions of several threads, as
 * when partitions move, and requests to cancel; then the timelines are read.
 */
@OrderServiceTest
class JudgeOrdersIT {

	private static final int THREADS = 16;

	private static final Trigger REJECTED = new StockRejected(StockRejected.Reason.OUT_OF_STOCK, List.of("SKU-MUG"));

	@Autowired
	private Api api;

	@Autowired
	private JudgeOrders judgeOrders;

	@Autowired
	private OrderStatuses statuses;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private PlatformTransactionManager transactions;

	@Test
	void aBatchMovesAnOrderSeveralSteps() {
		UUID order = this.api.place();
		UUID other = this.api.place();

		judge(List.of(reserved(order), dispatched(other), dispatched(order), reserved(other)));

		assertThat(this.api.statusOf(order)).isEqualTo("SHIPPED");
		assertThat(this.api.eventsOf(order)).containsExactly("order.placed", "stock.reserved", "order.confirmed",
				"shipment.dispatched", "order.shipped");
		assertThat(this.api.statusOf(other)).isEqualTo("SHIPPED");
		assertThat(this.api.eventsOf(other)).containsExactly("order.placed", "shipment.dispatched", "order.shipped",
				"stock.reserved");
	}

	@Test
	void aReportWaitsForTheOneThatAnotherTransactionIsApplying() throws Exception {
		UUID order = this.api.place();

		whileReserved(order, () -> {
			judge(List.of(rejected(order)));
			return null;
		});

		assertThat(this.api.statusOf(order)).isEqualTo("CONFIRMED");
		assertThat(this.api.eventsOf(order)).containsExactly("order.placed", "stock.reserved", "order.confirmed",
				"stock.rejected");
	}

	@Test
	void aCancellationWaitsForTheReportThatAnotherTransactionIsApplying() throws Exception {
		UUID order = this.api.place();

		Api.Answer answer = whileReserved(order, () -> this.api.cancel(order));

		assertThat(answer.status()).isEqualTo(202);
		assertThat(answer.body().get("status").asString()).isEqualTo("CANCELLING");
		assertThat(this.api.eventsOf(order)).containsExactly("order.placed", "stock.reserved", "order.confirmed",
				"order.cancellation-requested");
	}

	/**
	 * The row with the smaller id is made the later one of the table, which a plan
	 * without an index reads first to last.
	 */
	@Test
	void aBatchLocksItsOrdersInIdOrderWhateverThePlan() throws Exception {
		UUID first = this.api.place();
		UUID second = this.api.place();
		this.jdbc.sql("update customer_order set placed_at = placed_at where id = :id").param("id", first).update();

		whileReserved(first, () -> {
			inTransaction(() -> {
				this.jdbc.sql("set local enable_indexscan = off").update();
				this.jdbc.sql("set local enable_bitmapscan = off").update();
				this.statuses.lock(List.of(second, first));
			});
			return null;
		}, () -> assertThat(this.jdbc.sql("select id from customer_order where id = :id for no key update skip locked")
			.param("id", second)
			.query(UUID.class)
			.list()).as("not locked before the first").containsExactly(second));
	}

	private <T> T whileReserved(UUID order, Callable<T> step) throws Exception {
		return whileReserved(order, step, () -> {
		});
	}

	/**
	 * Runs a step while a transaction has confirmed the order and not committed.
	 * @param meanwhile runs while the step waits for that transaction
	 */
	private <T> T whileReserved(UUID order, Callable<T> step, Runnable meanwhile) throws Exception {
		CountDownLatch applied = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> first = others.submit(() -> inTransaction(() -> {
				this.judgeOrders.judge(List.of(reserved(order)));
				applied.countDown();
				awaitThe(commit);
			}));
			awaitThe(applied);
			Future<T> second = others.submit(step);
			try {
				assertThatExceptionOfType(TimeoutException.class)
					.isThrownBy(() -> second.get(500, TimeUnit.MILLISECONDS));
				meanwhile.run();
			}
			finally {
				commit.countDown();
			}
			first.get(20, TimeUnit.SECONDS);
			return second.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void batchesWithTheSameOrdersInOppositeSequenceDoNotDeadlock() throws Exception {
		for (int round = 0; round < 20; round++) {
			List<UUID> orders = IntStream.range(0, 20).mapToObj((number) -> this.api.place()).toList();
			List<Report> reserved = orders.stream().map(JudgeOrdersIT::reserved).toList();
			List<Report> rejected = orders.reversed().stream().map(JudgeOrdersIT::rejected).toList();

			atOnce(List.of(() -> judge(reserved), () -> judge(rejected), () -> cancelAll(orders)));

			assertThat(orders).allSatisfy((order) -> assertThat(this.api.eventsOf(order))
				.containsOnlyOnce("order.placed", "stock.reserved", "stock.rejected")
				.containsAnyOf("order.confirmed", "order.rejected", "order.cancelled"));
		}
	}

	private void cancelAll(List<UUID> orders) {
		for (UUID order : orders) {
			assertThat(this.api.cancel(order).status()).isIn(202, 409);
		}
	}

	@Test
	void manyRequestsCancelAnOrderOnce() throws Exception {
		UUID placed = this.api.place();
		UUID confirmed = this.api.place();
		judge(List.of(reserved(confirmed)));

		atOnce(IntStream.range(0, THREADS)
			.<Runnable>mapToObj((number) -> () -> assertThat(this.api.cancel(placed).status()).isIn(202, 409))
			.toList());
		atOnce(IntStream.range(0, THREADS)
			.<Runnable>mapToObj((number) -> () -> assertThat(this.api.cancel(confirmed).status()).isEqualTo(202))
			.toList());

		assertThat(this.api.eventsOf(placed)).containsExactly("order.placed", "order.cancelled");
		assertThat(this.api.eventsOf(confirmed)).containsExactly("order.placed", "stock.reserved", "order.confirmed",
				"order.cancellation-requested");
	}

	@Test
	void refusesToCancelAnOrderWhoseStatusIsFinal() {
		UUID rejected = this.api.place();
		UUID shipped = this.api.place();
		UUID cancelled = this.api.place();
		judge(List.of(rejected(rejected), dispatched(shipped)));
		assertThat(this.api.cancel(cancelled).body().get("status").asString()).isEqualTo("CANCELLED");

		Map.of("REJECTED", rejected, "SHIPPED", shipped, "CANCELLED", cancelled).forEach((status, order) -> {
			List<String> before = this.api.eventsOf(order);

			Api.Answer answer = this.api.cancel(order);

			assertThat(answer.status()).isEqualTo(409);
			assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(answer.body().get("type").asString()).isEqualTo("https://orderflow.dev/problems/order-final");
			assertThat(answer.body().get("detail").asString())
				.isEqualTo("Order %s is %s, which is final: expected PLACED, CONFIRMED or CANCELLING".formatted(order,
						status));
			assertThat(this.api.eventsOf(order)).isEqualTo(before);
		});
	}

	/** A change that compared nothing would overwrite one that was made meanwhile. */
	@Test
	void refusesAChangeOfAnOrderThatHasAnotherStatus() {
		UUID order = this.api.place();

		assertThatExceptionOfType(IncorrectUpdateSemanticsDataAccessException.class)
			.isThrownBy(() -> inTransaction(
					() -> this.statuses.change(Map.of(order, Status.CONFIRMED), Map.of(order, Status.SHIPPED))))
			.withMessageContaining("expected to change 1 of [" + order + "], changed 0");

		assertThat(this.api.statusOf(order)).isEqualTo("PLACED");
	}

	private static void atOnce(List<Runnable> steps) throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
			List<? extends Future<?>> running = steps.stream().map((step) -> others.submit(() -> {
				awaitThe(start);
				step.run();
			})).toList();
			start.countDown();
			for (Future<?> step : running) {
				step.get(60, TimeUnit.SECONDS);
			}
		}
	}

	private void judge(List<Report> reports) {
		inTransaction(() -> this.judgeOrders.judge(reports));
	}

	private void inTransaction(Runnable step) {
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> step.run());
	}

	private static Report reserved(UUID order) {
		return new Report(order, new StockReserved(), FulfilmentEvents.reserved(order));
	}

	private static Report rejected(UUID order) {
		return new Report(order, REJECTED, FulfilmentEvents.rejected(order));
	}

	private static Report dispatched(UUID order) {
		return new Report(order, new ShipmentDispatched("Brisk Parcels", "BP1"), FulfilmentEvents.dispatched(order));
	}

	private static void awaitThe(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
