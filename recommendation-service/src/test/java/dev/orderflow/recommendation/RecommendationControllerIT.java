package dev.orderflow.recommendation;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerTest;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.confirmed;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static dev.orderflow.test.consumer.PlacedOrders.rejected;
import static dev.orderflow.test.consumer.PlacedOrders.shipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: products bought together are recommended, the most frequent first. Method: events
 * with products that no other test uses are written to the real topic, and the
 * recommendations read over HTTP.
 */
@ConsumerTest
class RecommendationControllerIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	@Autowired
	CountPairs countPairs;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	PlatformTransactionManager transactions;

	/** Makes the products of each test unique. */
	private final String run = UUID.randomUUID().toString().substring(0, 8);

	private RestTestClient http;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@Test
	void recommendsWhatWasBoughtTogetherMostFirst() {
		confirm(order("tea", "pot"), order("tea", "pot", "cup"), order("cup", "tea"), order("pot", "tea"),
				order("cup", "pot"), order("tea"));

		recommendations("tea", "")
			.isEqualTo(List.of(new Recommendation(sku("pot"), 3), new Recommendation(sku("cup"), 2)));
		recommendations("pot", "")
			.isEqualTo(List.of(new Recommendation(sku("tea"), 3), new Recommendation(sku("cup"), 2)));
		recommendations("tea", "?limit=1").isEqualTo(List.of(new Recommendation(sku("pot"), 3)));
	}

	@Test
	void countsTheLargestOrder() {
		confirm(order(IntStream.range(100, 200).mapToObj(Integer::toString).toArray(String[]::new)));

		this.http.get()
			.uri("/recommendations/{sku}?limit=100", sku("150"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(99);
		this.http.get()
			.uri("/recommendations/{sku}", sku("150"))
			.exchange()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(10);
	}

	@Test
	void countsAnOrderOnceItIsConfirmedInWhateverSequence() {
		OrderPlaced early = order("salt", "pepper");
		OrderPlaced late = order("salt", "pepper");
		OrderPlaced rejected = order("salt", "pepper");

		write(List.of(placed(early), confirmation(early), confirmation(late), placed(late), placed(rejected),
				record(Topics.ORDERS, EventType.ORDER_REJECTED, rejected.orderId(), rejected(rejected))));

		recommendations("salt", "").isEqualTo(List.of(new Recommendation(sku("pepper"), 2)));
	}

	@Test
	void countsAnOrderOnceThoughItIsConfirmedAndShipped() {
		OrderPlaced inOneBatch = order("hook", "eye");
		OrderPlaced shippedFirst = order("hook", "eye");
		OrderPlaced confirmedFirst = order("hook", "eye");
		OrderPlaced onlyShipped = order("hook", "eye");

		write(List.of(confirmation(inOneBatch), dispatch(inOneBatch), dispatch(shippedFirst),
				confirmation(confirmedFirst), dispatch(onlyShipped), dispatch(onlyShipped)));
		write(List.of(confirmation(shippedFirst), dispatch(confirmedFirst)));

		recommendations("hook", "").isEqualTo(List.of(new Recommendation(sku("eye"), 4)));
	}

	@Test
	void countsAnOrderOnceThoughTwoReplicasReadItsEvents() {
		Basket basket = new Basket(UUID.randomUUID(), 3, List.of(sku("lock"), sku("key")));

		CompletableFuture<Void> second = new TransactionTemplate(this.transactions).execute((status) -> {
			this.countPairs.count(List.of(basket));
			CompletableFuture<Void> waiting = CompletableFuture
				.runAsync(() -> new TransactionTemplate(this.transactions)
					.executeWithoutResult((other) -> this.countPairs.count(List.of(basket))));
			await("the second replica to wait").atMost(BOUND)
				.until(() -> this.jdbc.sql("select count(*) from pg_locks where not granted")
					.query(Long.class)
					.single() == 1);
			return waiting;
		});

		assertThat(second).succeedsWithin(BOUND);
		recommendations("lock", "").isEqualTo(List.of(new Recommendation(sku("key"), 1)));
	}

	@Test
	void recommendsNothingForAProductThatNobodyBought() {
		recommendations("never", "").isEqualTo(List.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "-1", "ten", "", "99999999999" })
	void namesAnInvalidLimit(String limit) {
		RestTestClient.ResponseSpec answer = this.http.get()
			.uri("/recommendations/SKU-MUG?limit={limit}", limit)
			.exchange();

		if (limit.isEmpty()) {
			answer.expectStatus().isOk();
			return;
		}
		answer.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://orderflow.dev/problems/invalid-request")
			.jsonPath("$.title")
			.isEqualTo("Invalid request")
			.jsonPath("$.status")
			.isEqualTo(HttpStatus.BAD_REQUEST.value())
			.jsonPath("$.detail")
			.exists()
			.jsonPath("$.errors[0].field")
			.isEqualTo("limit")
			.jsonPath("$.errors[0].message")
			.exists();
	}

	@Test
	void findsThePairsOfAProductInItsIndexes() {
		List<String> plan = new TransactionTemplate(this.transactions).execute((status) -> {
			// The tables of a test are too small for the planner to prefer an index.
			this.jdbc.sql("set local enable_seqscan = off").update();
			return this.jdbc.sql("""
					explain select orders from bought_together where sku = 'A'
					union all
					select orders from bought_together where other_sku = 'A'""").query(String.class).list();
		});

		assertThat(plan).anyMatch((line) -> line.contains("bought_together_pkey"))
			.anyMatch((line) -> line.contains("bought_together_other_sku"))
			.noneMatch((line) -> line.contains("Seq Scan"));
	}

	private static void confirm(OrderPlaced... orders) {
		write(Stream.of(orders).map(RecommendationControllerIT::confirmation).toList());
	}

	private static ProducerRecord<byte[], byte[]> placed(OrderPlaced order) {
		return record(Topics.ORDERS, order);
	}

	private static ProducerRecord<byte[], byte[]> confirmation(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_CONFIRMED, order.orderId(), confirmed(order));
	}

	private static ProducerRecord<byte[], byte[]> dispatch(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_SHIPPED, order.orderId(), shipped(order));
	}

	private static void write(List<ProducerRecord<byte[], byte[]>> records) {
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(records);
		}
		ConsumerGroups.awaitNoLag("recommendation-service", Topics.ORDERS, BOUND);
	}

	private OrderPlaced order(String... products) {
		return anOrderOf(IntStream.range(0, products.length)
			.mapToObj((number) -> line(sku(products[number]), 1 + number))
			.toArray(OrderPlaced.Line[]::new));
	}

	private String sku(String product) {
		return product + "-" + this.run;
	}

	private ListAssert<Recommendation> recommendations(String product, String query) {
		return assertThat(this.http.get()
			.uri("/recommendations/{sku}" + query, sku(product))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(new ParameterizedTypeReference<List<Recommendation>>() {
			})
			.returnResult()
			.getResponseBody());
	}

}
