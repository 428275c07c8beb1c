package dev.orderflow.demo.summary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.demo.summary.ConsumerLag.Position;
import dev.orderflow.topology.Topology;

/**
 * Reports each consumer group's offsets and lag at {@code /metrics}, in Prometheus's text
 * format and under the metric names of kafka_exporter, so that the same rules and
 * dashboards work on the demo. Groups without members are included. Unlike in
 * kafka_exporter, a partition without a commit counts from its beginning instead of as
 * -1. Reachable from this machine only; answers 503 while Kafka does not answer.
 */
public final class LagEndpoint implements AutoCloseable {

	/** Shorter than Prometheus's scrape timeout. */
	private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

	private final Map<String, List<String>> topics = new LinkedHashMap<>();

	private final ConsumerLag lag;

	private final HttpServer server;

	private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

	/** Starts the endpoint. */
	public LagEndpoint(Topology topology, String bootstrapServers, int port) {
		topology.services().forEach((service) -> this.topics.put(service.name(), service.reads()));
		this.lag = new ConsumerLag(bootstrapServers, ANSWER_MAX);
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			this.lag.close();
			throw new UncheckedIOException("Could not listen on port " + port, ex);
		}
		// A slow request does not block others.
		this.server.setExecutor(this.requests);
		this.server.createContext("/metrics", this::answer);
		this.server.start();
	}

	/** Where it answers. */
	public URI uri() {
		return URI.create("http://localhost:%d/metrics".formatted(this.server.getAddress().getPort()));
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.requests.shutdownNow();
		this.lag.close();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try {
			respond(exchange, 200, text());
		}
		catch (ExecutionException | TimeoutException ex) {
			respond(exchange, 503, "Kafka does not answer: " + ex + "\n");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			exchange.close();
		}
	}

	private static void respond(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
		if (exchange.getRequestMethod().equals("HEAD")) {
			exchange.sendResponseHeaders(status, -1);
			return;
		}
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
	}

	private String text() throws InterruptedException, ExecutionException, TimeoutException {
		StringBuilder lags = gauge("kafka_consumergroup_lag", "Records that the group has not committed");
		StringBuilder offsets = gauge("kafka_consumergroup_current_offset",
				"Offset of the next record that the group reads");
		Map<String, Long> ends = new LinkedHashMap<>();
		for (Map.Entry<String, List<String>> group : this.topics.entrySet()) {
			for (Position position : this.lag.positions(group.getKey(), group.getValue())) {
				String partition = "topic=\"%s\",partition=\"%d\"".formatted(position.partition().topic(),
						position.partition().partition());
				String labels = "{consumergroup=\"%s\",%s} ".formatted(group.getKey(), partition);
				lags.append("kafka_consumergroup_lag").append(labels).append(position.lag()).append('\n');
				offsets.append("kafka_consumergroup_current_offset")
					.append(labels)
					.append(position.next())
					.append('\n');
				ends.merge("{%s} ".formatted(partition), position.end(), Math::max);
			}
		}
		StringBuilder all = lags.append(offsets)
			.append(gauge("kafka_topic_partition_current_offset", "Offset of the next record that is published"));
		ends.forEach((labels,
				end) -> all.append("kafka_topic_partition_current_offset").append(labels).append(end).append('\n'));
		return all.toString();
	}

	private static StringBuilder gauge(String name, String help) {
		return new StringBuilder("# HELP %1$s %2$s%n# TYPE %1$s gauge%n".formatted(name, help).replace("\r", ""));
	}

}
