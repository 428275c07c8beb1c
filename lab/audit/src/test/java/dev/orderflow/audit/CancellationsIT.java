package dev.orderflow.audit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.audit.Cancellations.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Goal: a share of the orders is cancelled, each once, and every answer is counted.
 * Method: a server with scripted answers.
 */
class CancellationsIT {

	private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();

	private HttpServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void cancelsItsShareAtOnceOrLaterAndReturnsWhenAllAreAnswered() {
		answer(Stream.generate(() -> 202).iterator());
		Cancellations cancellations = place(200, new Cancellations(0.3, 1, Duration.ofMillis(200)), Duration.ZERO);

		assertThat(cancellations.accepted()).isBetween(30L, 90L).isEqualTo(this.calls.size());
		assertThat(this.calls.values()).allMatch((count) -> count.get() == 1);
		assertThat(cancellations.failed()).isEmpty();
	}

	@Test
	void takesAFinalOrderForTooLate() {
		answer(Stream.generate(() -> 409).iterator());

		assertThat(place(5, new Cancellations(1, 1, Duration.ZERO), Duration.ZERO).tooLate()).isEqualTo(5);
	}

	@Test
	void repeatsACallWhileTheServiceIsDown() {
		answer(List.of(503, 503, 202).iterator());
		Cancellations cancellations = place(1, new Cancellations(1, 1, Duration.ZERO), Duration.ofSeconds(30));

		assertThat(cancellations.accepted()).isOne();
		assertThat(cancellations.failed()).isEmpty();
	}

	@Test
	void countsEveryOtherAnswerAsAFailure() {
		answer(List.of(404).iterator());
		Cancellations cancellations = place(1, new Cancellations(1, 1, Duration.ZERO), Duration.ofSeconds(30));

		assertThat(cancellations.failed()).containsOnlyKeys("status 404");
	}

	@Test
	void choosesTheSameOrdersWithTheSameSeed() {
		Cancellations first = new Cancellations(0.2, 7);
		Cancellations second = new Cancellations(0.2, 7);
		List<Plan> plans = Stream.generate(first::next).limit(1000).toList();

		assertThat(Stream.generate(second::next).limit(1000)).isEqualTo(plans);
		assertThat(plans).contains(Plan.values());
		assertThat(Stream.generate(Cancellations.none()::next).limit(1000)).containsOnly(Plan.NEVER);
	}

	@Test
	void refusesAShareOutOfRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Cancellations(1.1, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Cancellations(Double.NaN, 0));
	}

	private Cancellations place(int orders, Cancellations cancellations, Duration patience) {
		URI address = URI.create("http://localhost:" + this.server.getAddress().getPort());
		OrderTraffic traffic = new OrderTraffic(address, 1, patience, cancellations);
		traffic.place(orders);
		assertThat(traffic.accepted()).hasSize(orders);
		return cancellations;
	}

	private void answer(Iterator<Integer> statuses) {
		this.server.createContext("/orders", (exchange) -> {
			try (exchange) {
				exchange.getRequestBody().readAllBytes();
				String path = exchange.getRequestURI().getPath();
				if (path.endsWith("/cancellation")) {
					this.calls.computeIfAbsent(path, (key) -> new AtomicLong()).incrementAndGet();
					exchange.sendResponseHeaders(statuses.next(), -1);
					return;
				}
				byte[] body = "{\"orderId\":\"%s\"}".formatted(UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(201, body.length);
				exchange.getResponseBody().write(body);
			}
		});
	}

}
