package dev.orderflow.orders;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.orderflow.events.Topics;
import dev.orderflow.servers.Ports;
import dev.orderflow.setup.Database;
import dev.orderflow.test.ChildJvm;
import dev.orderflow.test.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: an Idempotency-Key places one order whichever process gets the requests, and
 * through a crash. Method: a real process is killed between the commit of an order and
 * its answer; two others then get the same key, and a new one at the same moment.
 */
class IdempotencyE2E {

	private static final Duration BOUND = Duration.ofSeconds(90);

	private static final int RACERS = 20;

	@TempDir
	Path logs;

	private final HttpClient http = HttpClient.newHttpClient();

	private final Database database = TestServers.database("orders_idempotency");

	private final JdbcClient jdbc = JdbcClient
		.create(new DriverManagerDataSource(this.database.jdbcUrl(), this.database.user(), this.database.password()));

	@Test
	void placesOneOrderThroughACrashAndInTwoProcesses() throws Exception {
		TestServers.createTopics(Topics.source(Topics.ORDERS));
		commitAndKill("crash");
		assertThat(orders()).as("committed by the killed process").isOne();

		int[] ports = { Ports.free(), Ports.free() };
		try (ChildJvm first = start(ports[0]); ChildJvm second = start(ports[1])) {
			first.await("to answer", BOUND, () -> answers(ports[0]));
			second.await("to answer", BOUND, () -> answers(ports[1]));

			HttpResponse<String> retried = post(ports[0], "crash").join();
			assertThat(retried.statusCode()).isEqualTo(201);
			assertThat(retried.headers().firstValue("Location")).contains("/orders/" + onlyOrder());
			assertThat(post(ports[1], "crash").join().body()).isEqualTo(retried.body()).contains(onlyOrder());
			assertThat(orders()).isOne();

			race(ports);
		}
		assertThat(orders()).isEqualTo(2);
		assertThat(this.jdbc.sql("select count(*) from order_event").query(Integer.class).single()).isEqualTo(2);
	}

	private void commitAndKill(String key) {
		int port = Ports.free();
		try (ChildJvm process = start(port, "--spring.main.sources=" + PauseAfterCommit.class.getName())) {
			process.await("to answer", BOUND, () -> answers(port));
			CompletableFuture<HttpResponse<String>> lost = post(port, key);
			process.awaitOutput(PauseAfterCommit.PAUSED, BOUND);
			process.sigkill();
			assertThat(lost).failsWithin(BOUND);
		}
	}

	/** Half of the requests to each process. */
	private void race(int[] ports) throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		List<Future<HttpResponse<String>>> answers;
		try (ExecutorService customer = Executors.newFixedThreadPool(RACERS)) {
			answers = IntStream.range(0, RACERS).mapToObj((racer) -> customer.submit(() -> {
				start.await();
				return post(ports[racer % 2], "race").get();
			})).toList();
			start.countDown();
		}
		HttpResponse<String> placed = post(ports[0], "race").join();
		assertThat(placed.statusCode()).isEqualTo(201);
		for (Future<HttpResponse<String>> answer : answers) {
			assertThat(answer.get().statusCode()).as(answer.get().body()).isIn(201, 409);
			if (answer.get().statusCode() == 201) {
				assertThat(answer.get().body()).isEqualTo(placed.body());
			}
		}
	}

	private ChildJvm start(int port, String... more) {
		return OrderServiceProcess.start(this.logs, this.database,
				Stream.concat(Stream.of("--server.port=" + port), Stream.of(more)).toArray(String[]::new));
	}

	private boolean answers(int port) {
		HttpRequest products = HttpRequest.newBuilder(uri(port, "/products")).timeout(BOUND).build();
		return this.http.sendAsync(products, BodyHandlers.discarding())
			.handle((answer, failure) -> failure == null && answer.statusCode() == 200)
			.join();
	}

	private CompletableFuture<HttpResponse<String>> post(int port, String key) {
		HttpRequest order = HttpRequest.newBuilder(uri(port, "/orders"))
			.timeout(BOUND)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", key)
			.POST(BodyPublishers.ofString(Fixtures.aValidBody()))
			.build();
		return this.http.sendAsync(order, BodyHandlers.ofString());
	}

	private static URI uri(int port, String path) {
		return URI.create("http://localhost:" + port + path);
	}

	private int orders() {
		return this.jdbc.sql("select count(*) from customer_order").query(Integer.class).single();
	}

	private String onlyOrder() {
		return this.jdbc.sql("select id::text from customer_order").query(String.class).single();
	}

}
