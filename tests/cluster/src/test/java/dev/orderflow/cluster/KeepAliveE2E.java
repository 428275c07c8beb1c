package dev.orderflow.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.consumer.ConsumerServers;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a stop breaks no connection in use, and each order that it stores is answered.
 * Method: clients with keep-alive place orders at a process of order-service, each after
 * a pause of its own, while the process gets SIGTERM.
 */
class KeepAliveE2E {

	private static final Duration START_MAX = Duration.ofMinutes(4);

	private static final Duration BOUND = Duration.ofMinutes(1);

	private static final int STOPS = 3;

	private static final int CLIENTS = 24;

	private static final int ANSWERS_BEFORE_STOP = 5;

	private static final String SERVICE = "order-service";

	private static final String ORDER = """
			{"customerId": "customer-7", "lines": [{"sku": "SKU-KETTLE", "quantity": 1}],
			 "shipTo": {"name": "Ada Lovelace", "street": "12 St James's Square", "city": "London",
			            "postalCode": "SW1Y 4JH", "country": "GB"}}""";

	private final Database database = TestServers.database("orders");

	private final JdbcClient jdbc = JdbcClient
		.create(new DriverManagerDataSource(this.database.jdbcUrl(), this.database.user(), this.database.password()));

	private final Queue<Exception> broken = new ConcurrentLinkedQueue<>();

	@TempDir
	Path logs;

	@RepeatedTest(STOPS)
	void aStopBreaksNoConnectionThatClientsUse() throws Exception {
		createTopics();
		try (ServiceProcess service = ServiceProcess.start(SERVICE, this.logs.resolve("service.log"),
				TestServers.properties(this.database));
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			service.process().await("to be ready", START_MAX, () -> service.readiness() == 200);
			List<KeepAliveClient> clients = Stream.generate(() -> new KeepAliveClient(service.port(), "/orders", ORDER))
				.limit(CLIENTS)
				.toList();
			clients.forEach((client) -> threads.submit(() -> run(client)));
			service.process()
				.await("to answer each client", BOUND,
						() -> clients.stream().allMatch((client) -> client.answered() >= ANSWERS_BEFORE_STOP));

			service.process().requestStop();

			assertThat(service.process().awaitExit(BOUND)).as("ended by SIGTERM").isEqualTo(128 + 15);
			threads.shutdown();
			assertThat(threads.awaitTermination(BOUND.toSeconds(), TimeUnit.SECONDS)).as("clients ended").isTrue();
			assertThat(this.broken).isEmpty();
			assertThat(clients.stream().mapToInt(KeepAliveClient::created).sum())
				.as("orders with an answer, of all that are stored")
				.isEqualTo(this.jdbc.sql("select count(*) from customer_order").query(Integer.class).single())
				.isEqualTo(clients.stream().mapToInt(KeepAliveClient::answered).sum());
		}
	}

	private void run(KeepAliveClient client) {
		try {
			client.runUntilRefused();
		}
		catch (IOException | RuntimeException ex) {
			this.broken.add(ex);
		}
	}

	private static void createTopics() {
		TestServers.createTopics(Topics.source(Topics.ORDERS));
		ConsumerServers.createTopics(Topics.STOCK, SERVICE);
		ConsumerServers.createTopics(Topics.SHIPMENTS, SERVICE);
	}

}
