package dev.orderflow.journey;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.orderflow.audit.OrderTraffic;
import dev.orderflow.audit.Reconciler;
import dev.orderflow.audit.Reconciliation;
import dev.orderflow.demo.Stack;
import dev.orderflow.demo.StackSettings;
import dev.orderflow.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: the story of every order ends in one status, with the shipment, the stock, the
 * booking and the figures that belong to it, in whatever sequence the services hear of
 * each other. Method: the whole system runs, each consumer behind a
 * {@link ShuffledDelivery}, shipping-service with two replicas; customers cancel orders
 * at random moments; then everything is reconciled. What would fail without a mechanism:
 * a missing tombstone leaves a cancelled order planned, a missing marker consumes stock
 * twice, a verdict without compare-and-set ends in two statuses.
 */
class ConvergenceE2E {

	private static final int ORDERS = 300;

	private static final int CANCEL_AFTER_MILLIS_MAX = 15_000;

	private static final int RETRY_MILLIS = 200;

	private static final Duration BOUND = Duration.ofMinutes(3);

	private final long seed = Long.getLong("orderflow.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final Set<UUID> asked = new HashSet<>();

	private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();

	@Test
	void everyStoryEndsTheSameInAnySequenceOfEvents(@TempDir Path directory) throws Exception {
		System.out.println("Seed, to be repeated with -Dorderflow.seed: " + this.seed);
		StackSettings settings = StackSettings.freePorts(Topology.load(), WholeSystem.ROOT, directory)
			.withProperties(Map.of("orderflow.inbox.topics", ShuffledDelivery.TOPICS));
		try (Stack stack = new Stack(settings, System.out::println)) {
			stack.start();
			stack.scaleOut("shipping-service");
			try (ShuffledDelivery delivery = new ShuffledDelivery(stack.topology(), stack.bootstrapServers(),
					this.seed)) {
				Reconciler reconciler = stack.reconciler();
				OrderTraffic traffic = new OrderTraffic(stack.instance("order-service").uri(), this.seed);

				CompletableFuture<Void> placing = CompletableFuture.runAsync(() -> traffic.place(ORDERS));
				cancelSome(stack.instance("order-service").uri(), traffic, placing);

				await("all events delivered and processed").atMost(BOUND)
					.until(() -> delivery.isIdle() && reconciler.remaining() == 0 && delivery.isIdle());
				Reconciliation found = reconciler.reconcile(Optional.of(traffic.accepted()));
				System.out.println(found.table());
				System.out.printf("%d overtakings, %d repetitions, answers to cancellations: %s%n",
						delivery.overtakings(), delivery.repetitions(), this.answers);
				assertThat(found.failures()).isEmpty();
				assertThat(traffic.accepted()).hasSize(ORDERS);
				assertThat(delivery.overtakings()).as("events that overtook another").isGreaterThan(ORDERS / 4);
				assertThat(delivery.repetitions()).as("repeated events").isGreaterThan(ORDERS);
				assertThat(this.answers).containsKeys(202, 409).hasSize(2);
			}
		}
	}

	/** Every second order, some at once, some when it may be shipped already. */
	private void cancelSome(URI orderService, OrderTraffic traffic, CompletableFuture<Void> placing) throws Exception {
		try (HttpClient http = HttpClient.newHttpClient()) {
			CompletableFuture<?> all = CompletableFuture.completedFuture(null);
			boolean last;
			do {
				last = placing.isDone();
				for (UUID order : Set.copyOf(traffic.accepted())) {
					if (this.asked.add(order) && this.random.nextBoolean()) {
						all = CompletableFuture.allOf(all, cancel(http, orderService, order));
					}
				}
				Thread.sleep(50);
			}
			while (!last);
			placing.join();
			all.join();
		}
	}

	private CompletableFuture<Integer> cancel(HttpClient http, URI orderService, UUID order) {
		HttpRequest request = HttpRequest.newBuilder(orderService.resolve("/orders/" + order + "/cancellation"))
			.timeout(Duration.ofSeconds(30))
			.POST(BodyPublishers.noBody())
			.build();
		return sendAfter(http, request, (int) (Math.pow(this.random.nextDouble(), 2) * CANCEL_AFTER_MILLIS_MAX));
	}

	/** Until it is answered: a busy service answers 503. */
	private CompletableFuture<Integer> sendAfter(HttpClient http, HttpRequest request, int milliseconds) {
		return CompletableFuture
			.supplyAsync(() -> http.sendAsync(request, BodyHandlers.discarding()),
					CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS))
			.thenCompose((answer) -> answer)
			.thenCompose((answer) -> {
				if (answer.statusCode() == 503) {
					return sendAfter(http, request, RETRY_MILLIS);
				}
				this.answers.merge(answer.statusCode(), 1, Integer::sum);
				return CompletableFuture.completedFuture(answer.statusCode());
			});
	}

}
