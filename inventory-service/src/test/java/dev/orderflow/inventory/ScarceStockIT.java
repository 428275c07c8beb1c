package dev.orderflow.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.orderflow.inventory.OrderChange.Cancelled;
import dev.orderflow.inventory.OrderChange.Placed;
import dev.orderflow.inventory.OrderChange.Shipped;
import dev.orderflow.inventory.Reservation.Line;
import dev.orderflow.test.consumer.ConsumerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: transactions that meet at the same product or the same order take turns. Method:
 * the use case is called by several threads, each call in a transaction of its own.
 */
@ConsumerTest
class ScarceStockIT {

	private static final int PRODUCERS = 16;

	private static final int BATCHES = 10;

	private static final int BATCH = 5;

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final String SKU = "SKU-WITH-LAST-UNITS";

	@Autowired
	FollowOrders followOrders;

	@Autowired
	Stock stock;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	PlatformTransactionManager transactions;

	@BeforeEach
	void store() {
		this.jdbc.sql("delete from reservation_line where sku = :sku").param("sku", SKU).update();
		this.jdbc.sql("delete from stock where sku = :sku").param("sku", SKU).update();
		this.jdbc.sql("insert into stock (sku, stocked, on_hand) values (:sku, 100, 100)").param("sku", SKU).update();
	}

	/** The orders want far more than there is; some are cancelled, some shipped. */
	@Test
	void sixteenProducersNeverReserveMoreThanTheLastUnits() throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		List<Future<?>> producers = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS)) {
			for (int producer = 0; producer < PRODUCERS; producer++) {
				producers.add(threads.submit(() -> {
					start.await();
					for (int batch = 0; batch < BATCHES; batch++) {
						produce();
					}
					return null;
				}));
			}
			start.countDown();
			for (Future<?> producer : producers) {
				producer.get(BOUND.toSeconds(), TimeUnit.SECONDS);
			}
		}

		StockLevel level = this.stock.level(SKU).orElseThrow();
		assertThat(level.onHand()).isEqualTo(100 - units("SHIPPED"));
		assertThat(level.reserved()).isEqualTo(units("RESERVED"));
		assertThat(level.available()).as("units that nobody got, though every order wants one to three").isZero();
		assertThat(units("SHIPPED")).isPositive();
		assertThat(units("RELEASED")).isPositive();
	}

	private void produce() {
		List<Placed> placed = IntStream.range(0, BATCH)
			.mapToObj((number) -> placed(UUID.randomUUID(), 1 + number % 3))
			.toList();
		follow(placed.toArray(OrderChange[]::new));
		follow(new Cancelled(placed.getFirst().orderId()));
		if (isReserved(placed.getLast().orderId())) {
			follow(new Shipped(placed.getLast().orderId(), placed.getLast().lines()));
		}
		follow(placed(UUID.randomUUID(), 1));
	}

	@Test
	void aPlacementThatMeetsItsCancellationIsTriedAgainAndReservesNothing() {
		UUID order = UUID.randomUUID();

		assertThat(applyDuring(new Cancelled(order), placed(order, 3))).failsWithin(BOUND)
			.withThrowableThat()
			.withCauseInstanceOf(OptimisticLockingFailureException.class);
		follow(placed(order, 3));

		assertThat(this.stock.level(SKU)).contains(new StockLevel(SKU, 100, 0, 100));
	}

	@Test
	void aCancellationThatMeetsAnotherOneReleasesNothing() {
		UUID order = UUID.randomUUID();
		follow(placed(order, 3), placed(UUID.randomUUID(), 5));

		assertThat(applyDuring(new Cancelled(order), new Cancelled(order))).succeedsWithin(BOUND);

		assertThat(this.stock.level(SKU)).contains(new StockLevel(SKU, 100, 5, 95));
	}

	/** The second change waits for the transaction of the first one. */
	private Future<?> applyDuring(OrderChange first, OrderChange second) {
		return new TransactionTemplate(this.transactions).execute((status) -> {
			this.followOrders.follow(List.of(first));
			CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> follow(second));
			await("the second change to wait").atMost(BOUND)
				.until(() -> this.jdbc.sql("select count(*) from pg_locks where not granted")
					.query(Long.class)
					.single() == 1);
			return applied;
		});
	}

	private void follow(OrderChange... changes) {
		new TransactionTemplate(this.transactions)
			.executeWithoutResult((status) -> this.followOrders.follow(List.of(changes)));
	}

	private static Placed placed(UUID order, int units) {
		return new Placed(order, "the-placement-of-" + order, List.of(new Line(SKU, units)));
	}

	private boolean isReserved(UUID order) {
		return this.jdbc.sql("select count(*) from reservation where order_id = :id and status = 'RESERVED'")
			.param("id", order)
			.query(Long.class)
			.single() == 1;
	}

	private long units(String status) {
		return this.jdbc.sql("""
				select coalesce(sum(quantity), 0)
				from reservation_line
				join reservation using (order_id)
				where sku = :sku
				and status = :status""").param("sku", SKU).param("status", status).query(Long.class).single();
	}

}
