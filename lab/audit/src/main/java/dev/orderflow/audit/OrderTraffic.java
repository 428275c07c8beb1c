package dev.orderflow.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Places orders over HTTP, at most {@value #CONCURRENT_MAX} at a time. The same seed
 * gives the same orders, of 1 to {@value #LINES_MAX} lines. An order counts as accepted
 * if it was answered with 201. Without patience nothing is retried, so a lost answer
 * counts as a refusal although the order may be stored.
 */
public final class OrderTraffic {

	private static final int CONCURRENT_MAX = 16;

	private static final int LINES_MAX = 5;

	private static final int QUANTITY_MAX = 4;

	private static final int CUSTOMERS = 500;

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	private static final List<String> SKUS = List.of("SKU-KETTLE", "SKU-MUG", "SKU-TEAPOT", "SKU-TOASTER", "SKU-LAMP",
			"SKU-CHAIR", "SKU-DESK", "SKU-CLOCK", "SKU-PLANT", "SKU-RUG", "SKU-BLANKET", "SKU-CANDLE");

	private static final List<String> CITIES = List.of("Berlin", "Hamburg", "Leipzig", "Köln", "Bremen");

	private final JsonMapper json = JsonMapper.builder().build();

	private final Set<UUID> accepted = ConcurrentHashMap.newKeySet();

	private final Map<String, AtomicLong> refused = new ConcurrentHashMap<>();

	private final URI orderService;

	private final OrderSender sender;

	private final Random random;

	private final Cancellations cancellations;

	private volatile boolean ending;

	/** Traffic to the service at that address, without patience. */
	public OrderTraffic(URI orderService, long seed) {
		this(orderService, seed, Duration.ZERO, Cancellations.none());
	}

	/**
	 * Traffic to the service at that address.
	 * @param patience how long an order is retried, with the same idempotency key, while
	 * the service is down or its answer was lost
	 * @param cancellations which of the orders are cancelled
	 */
	public OrderTraffic(URI orderService, long seed, Duration patience, Cancellations cancellations) {
		this.orderService = orderService;
		this.sender = new OrderSender(orderService, patience);
		this.random = new Random(seed);
		this.cancellations = cancellations;
	}

	/** Places that many orders and returns when each is answered or refused. */
	public void place(int orders) {
		Semaphore slots = new Semaphore(CONCURRENT_MAX);
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
				ScheduledExecutorService callers = Cancellations.callers();
				ExecutorService senders = Executors.newFixedThreadPool(CONCURRENT_MAX)) {
			List<String> skus = skus(http);
			for (int order = 0; order < orders; order++) {
				String body = this.json.writeValueAsString(order(skus));
				Cancellations.Plan plan = this.cancellations.next();
				slots.acquireUninterruptibly();
				senders.execute(() -> send(http, body, plan, callers, slots));
			}
		}
	}

	/**
	 * Places orders in a rhythm until {@code ordersMax} are placed, {@link #end} is
	 * called or the thread is interrupted; orders in flight are then abandoned. While
	 * {@value #CONCURRENT_MAX} orders wait for their answers the next one waits too: a
	 * slow service slows the rhythm down.
	 */
	public void place(OrderRhythm rhythm, int ordersMax) throws InterruptedException {
		Semaphore slots = new Semaphore(CONCURRENT_MAX);
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
				ScheduledExecutorService callers = Cancellations.callers();
				ExecutorService senders = Executors.newFixedThreadPool(CONCURRENT_MAX)) {
			try {
				List<String> skus = skus(http);
				for (int order = 0; order < ordersMax && !this.ending; order++) {
					Thread.sleep(rhythm.next());
					String body = this.json.writeValueAsString(order(skus));
					Cancellations.Plan plan = this.cancellations.next();
					slots.acquire();
					senders.execute(() -> send(http, body, plan, callers, slots));
				}
			}
			catch (InterruptedException ex) {
				senders.shutdownNow();
				callers.shutdownNow();
				http.shutdownNow();
				throw ex;
			}
		}
	}

	/**
	 * Ends a rhythm after the next order: {@link #place} returns when the orders in
	 * flight and the later cancellations have their answers.
	 */
	public void end() {
		this.ending = true;
	}

	private void send(HttpClient http, String body, Cancellations.Plan plan, ScheduledExecutorService callers,
			Semaphore slots) {
		try {
			switch (this.sender.send(http, body)) {
				case OrderSender.Accepted accepted -> {
					this.accepted.add(accepted.order());
					this.cancellations.run(plan, accepted.order(), this.sender, http, callers);
				}
				case OrderSender.Refused refused -> refuse(refused.reason());
			}
		}
		finally {
			slots.release();
		}
	}

	/** The ids of the orders that were answered with 201. */
	public Set<UUID> accepted() {
		return Collections.unmodifiableSet(this.accepted);
	}

	/** Number of orders that were refused, by reason. */
	public Map<String, AtomicLong> refused() {
		return Collections.unmodifiableMap(this.refused);
	}

	/** Number of orders that have an outcome. */
	public long answered() {
		return this.accepted.size() + this.refused.values().stream().mapToLong(AtomicLong::get).sum();
	}

	private Map<String, Object> order(List<String> skus) {
		List<String> shuffled = new ArrayList<>(skus);
		Collections.shuffle(shuffled, this.random);
		int count = 1 + this.random.nextInt(Math.min(LINES_MAX, shuffled.size()));
		List<Map<String, Object>> lines = IntStream.range(0, count)
			.mapToObj((line) -> Map.<String, Object>of("sku", shuffled.get(line), "quantity",
					1 + this.random.nextInt(QUANTITY_MAX)))
			.toList();
		int customer = 1 + this.random.nextInt(CUSTOMERS);
		Map<String, String> shipTo = Map.of("name", "Customer " + customer, "street", "Lindenstraße " + customer,
				"city", CITIES.get(customer % CITIES.size()), "postalCode", "%05d".formatted(10000 + customer),
				"country", "DE");
		return Map.of("customerId", "customer-" + customer, "lines", lines, "shipTo", shipTo);
	}

	private List<String> skus(HttpClient http) {
		try {
			HttpRequest request = HttpRequest.newBuilder(this.orderService.resolve("/products"))
				.timeout(ANSWER_MAX)
				.build();
			HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				return SKUS;
			}
			List<String> skus = new ArrayList<>();
			for (JsonNode product : this.json.readTree(response.body())) {
				skus.add(product.get("sku").asString());
			}
			return skus.isEmpty() ? SKUS : skus.stream().sorted().toList();
		}
		catch (IOException | JacksonException ex) {
			return SKUS;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return SKUS;
		}
	}

	private void refuse(String reason) {
		this.refused.computeIfAbsent(reason, (key) -> new AtomicLong()).incrementAndGet();
	}

}
