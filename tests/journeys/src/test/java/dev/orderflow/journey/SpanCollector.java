package dev.orderflow.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;

/** Takes what services export over OTLP, as Tempo does. */
final class SpanCollector implements AutoCloseable {

	private static final String PATH = "/v1/traces";

	private final Queue<CollectedSpan> spans = new ConcurrentLinkedQueue<>();

	private final HttpServer server;

	SpanCollector() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not listen for spans", ex);
		}
		this.server.createContext(PATH, this::take);
		this.server.start();
	}

	/** Where services send their spans. */
	String endpoint() {
		return "http://localhost:" + this.server.getAddress().getPort() + PATH;
	}

	private void take(HttpExchange exchange) throws IOException {
		try (exchange) {
			ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
			request.getResourceSpansList().forEach(this::take);
			exchange.sendResponseHeaders(200, -1);
		}
	}

	private void take(ResourceSpans resource) {
		String service = resource.getResource()
			.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals("service.name"))
			.map(KeyValue::getValue)
			.findFirst()
			.orElseThrow()
			.getStringValue();
		resource.getScopeSpansList()
			.forEach(
					(scope) -> scope.getSpansList().forEach((span) -> this.spans.add(CollectedSpan.of(service, span))));
	}

	List<CollectedSpan> spans() {
		return List.copyOf(this.spans);
	}

	List<CollectedSpan> spans(Predicate<CollectedSpan> wanted) {
		return this.spans.stream().filter(wanted).toList();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
