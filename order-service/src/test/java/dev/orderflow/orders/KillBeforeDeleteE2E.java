package dev.orderflow.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.orderflow.events.Topics;
import dev.orderflow.servers.Ports;
import dev.orderflow.setup.Database;
import dev.orderflow.test.ChildJvm;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: order-service killed between the broker's acknowledgement and the deletion of the
 * outbox row loses no accepted order and invents none. Method: orders are placed over
 * HTTP at a real process that is killed at that point; another process goes on; the
 * answers, the database and the topic are compared.
 */
class KillBeforeDeleteE2E {

	private static final Duration BOUND = Duration.ofSeconds(90);

	private static final int ORDERS = 20;

	@TempDir
	Path logs;

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void losesNoAcceptedOrderAndInventsNone() throws Exception {
		TestServers.createTopics(Topics.source(Topics.ORDERS));
		Database database = TestServers.database("orders_kill");
		JdbcClient jdbc = JdbcClient
			.create(new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));

		Set<String> accepted = placeOrdersAndKill(database);
		assertThat(accepted).hasSize(ORDERS);
		assertThat(pending(jdbc)).as("rows of the killed process").isEqualTo(ORDERS);
		int publishedByTheKilled = recordsOf(accepted).size();
		assertThat(publishedByTheKilled).isPositive();

		try (ChildJvm second = OrderServiceProcess.start(this.logs, database, "--server.port=0")) {
			second.await("to empty the outbox", BOUND, () -> pending(jdbc) == 0);
		}

		List<ConsumerRecord<byte[], byte[]>> records = recordsOf(accepted);
		assertThat(records.stream().map(KillBeforeDeleteE2E::orderId).distinct())
			.containsExactlyInAnyOrderElementsOf(accepted);
		assertThat(records.stream().map(KillBeforeDeleteE2E::eventId).distinct()).as("one event for each order")
			.hasSize(ORDERS);
		assertThat(records).as("the kill left duplicates, so it hit the right moment")
			.hasSize(ORDERS + publishedByTheKilled);
		assertThat(jdbc.sql("select id::text from customer_order").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(accepted);
	}

	private Set<String> placeOrdersAndKill(Database database) throws Exception {
		int port = Ports.free();
		try (ChildJvm first = OrderServiceProcess.start(this.logs, database, "--server.port=" + port,
				"--spring.main.sources=" + PauseAfterAcknowledgement.class.getName())) {
			first.await("to answer", BOUND, () -> answers(port));
			List<String> accepted = new ArrayList<>();
			for (int order = 0; order < ORDERS; order++) {
				accepted.add(place(port));
			}
			first.awaitOutput(PauseAfterAcknowledgement.PAUSED, BOUND);
			first.sigkill();
			return Set.copyOf(accepted);
		}
	}

	private boolean answers(int port) {
		try {
			HttpRequest products = HttpRequest.newBuilder(uri(port, "/products")).timeout(BOUND).build();
			return this.http.send(products, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private String place(int port) throws IOException, InterruptedException {
		HttpRequest order = HttpRequest.newBuilder(uri(port, "/orders"))
			.timeout(BOUND)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(Fixtures.aValidBody()))
			.build();
		var answer = this.http.send(order, BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(201);
		return JsonMapper.shared().readTree(answer.body()).get("orderId").asString();
	}

	private static URI uri(int port, String path) {
		return URI.create("http://localhost:" + port + path);
	}

	private static long pending(JdbcClient jdbc) {
		return jdbc.sql("select count(*) from outbox_event").query(Long.class).single();
	}

	private static List<ConsumerRecord<byte[], byte[]>> recordsOf(Set<String> orderIds) {
		return TopicReader.read(Topics.ORDERS)
			.stream()
			.filter((record) -> orderIds.contains(orderId(record)))
			.collect(Collectors.toList());
	}

	private static String orderId(ConsumerRecord<byte[], byte[]> record) {
		return new String(record.key());
	}

	private static String eventId(ConsumerRecord<byte[], byte[]> record) {
		return new String(record.headers().lastHeader("ce_id").value());
	}

}
