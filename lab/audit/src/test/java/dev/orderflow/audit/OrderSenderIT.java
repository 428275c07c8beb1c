package dev.orderflow.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a retry after a temporary refusal or a lost answer sends the same order. Method:
 * a server with scripted answers.
 */
class OrderSenderIT {

	private static final UUID ORDER = UUID.randomUUID();

	private static final int LOST = 0;

	private final List<String> keys = new CopyOnWriteArrayList<>();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void sendsAgainUnderTheSameKeyUntilItIsAccepted() {
		answer(503, LOST, 409, 201);

		assertThat(send(Duration.ofSeconds(30))).isEqualTo(new OrderSender.Accepted(ORDER));
		assertThat(this.keys).hasSize(4).containsOnly(this.keys.getFirst());
	}

	@Test
	void doesNotRetryAnInvalidOrder() {
		answer(422, 201);

		assertThat(send(Duration.ofSeconds(30))).isEqualTo(new OrderSender.Refused("status 422", false));
		assertThat(this.keys).hasSize(1);
	}

	@Test
	void sendsOnceWithoutPatience() {
		answer(503, 201);

		assertThat(send(Duration.ZERO)).isEqualTo(new OrderSender.Refused("status 503", true));
		assertThat(this.keys).hasSize(1);
	}

	private OrderSender.Outcome send(Duration patience) {
		URI address = URI.create("http://localhost:" + this.server.getAddress().getPort());
		try (HttpClient http = HttpClient.newHttpClient()) {
			return new OrderSender(address, patience).send(http, "{}");
		}
	}

	private void answer(Integer... statuses) {
		Iterator<Integer> next = List.of(statuses).iterator();
		this.server.createContext("/orders", (exchange) -> {
			this.keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
			answer(exchange, next.next());
		});
	}

	private static void answer(HttpExchange exchange, int status) throws IOException {
		exchange.getRequestBody().readAllBytes();
		if (status != LOST) {
			byte[] body = "{\"orderId\":\"%s\"}".formatted(ORDER).getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

}
