package dev.orderflow.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orderflow.demo.Instance;
import dev.orderflow.demo.Stack;
import dev.orderflow.events.EventType;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Goal: one trace leads from a customer's request to its effect in every consumer, and
 * neither spans nor logs know where the customer lives. Method: the whole system runs as
 * it is shipped, with JSON logs, and exports its spans to a collector here; orders come
 * one by one and in a batch, with a broken one among them; then spans and log files are
 * read. It runs after the others but the flood, for topics and dead letters do not add up
 * once the broken order is among them.
 */
@ExtendWith(WholeSystem.Shared.class)
@Order(Integer.MAX_VALUE - 2)
class TraceE2E {

	/** The consumers of placements. */
	private static final Set<String> PLACEMENT_CONSUMERS = Set.of("inventory-service", "analytics-service",
			"shipping-service");

	/** Every event of an order that is shipped, with the services that process it. */
	private static final Map<EventType, List<String>> STORY = Map.of(EventType.ORDER_PLACED,
			List.copyOf(PLACEMENT_CONSUMERS), EventType.STOCK_RESERVED, List.of("order-service"),
			EventType.ORDER_CONFIRMED, List.of("shipping-service", "recommendation-service"),
			EventType.SHIPMENT_PLANNED, List.of("order-service"), EventType.SHIPMENT_DISPATCHED,
			List.of("order-service"), EventType.ORDER_SHIPPED,
			List.of("inventory-service", "recommendation-service", "shipping-service"));

	private static final String LATE = "analytics-service";

	private static final int ORDERS_IN_A_BATCH = 20;

	/** In names and streets of all addresses here, and nowhere else. */
	private static final String SECRET = "Zwiebelfisch";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static WholeSystem system;

	private static SpanCollector collector;

	private static Stack stack;

	private static HttpClient http;

	@BeforeAll
	static void open(WholeSystem shared) {
		system = shared;
		collector = shared.collector();
		stack = shared.stack();
		http = HttpClient.newHttpClient();
	}

	@AfterAll
	static void close() {
		http.close();
	}

	@Test
	void leadsFromTheRequestToTheEffectInEveryConsumer() throws Exception {
		String orderId = place();

		awaitProcessed(orderId);
		assertOneTrace(orderId);
	}

	@Test
	void keepsTheTracesOfOneBatchApart() throws Exception {
		Instance late = stack.instance(LATE);
		late.process().kill();
		late.process().awaitExit(Duration.ofSeconds(30));
		List<String> orderIds = new ArrayList<>();
		for (int i = 0; i < ORDERS_IN_A_BATCH; i++) {
			orderIds.add(place());
		}
		stack.restart(LATE);

		orderIds.forEach(TraceE2E::awaitProcessed);
		orderIds.forEach(TraceE2E::assertOneTrace);
		List<CollectedSpan> lateSpans = collector
			.spans((span) -> span.service().equals(LATE) && orderIds.contains(span.correlationId()));
		assertThat(lateSpans).as("processed by one thread at a time: those that overlap were one batch")
			.anyMatch((span) -> lateSpans.stream().filter(span::overlaps).count() > ORDERS_IN_A_BATCH / 4);
		assertThat(lateSpans).extracting(CollectedSpan::traceId).doesNotHaveDuplicates();
	}

	@Test
	void tracesNoBackgroundWork() throws Exception {
		awaitProcessed(place());

		assertThat(collector.spans((span) -> span.parentId().isEmpty())).as("first spans of traces")
			.isNotEmpty()
			.allMatch((span) -> span.kind() == SpanKind.SPAN_KIND_SERVER)
			.noneMatch((span) -> span.name().contains("actuator"));
	}

	@Test
	void writesItsDecisionsAsJsonWithTraceAndEvent() throws Exception {
		String orderId = place();
		awaitProcessed(orderId);

		JsonNode line = await()
			.until(() -> logLines("order-service").map(TraceE2E::json)
				.filter((entry) -> entry.path("message").asString().startsWith("order placed: orderId=" + orderId))
				.findFirst(), (found) -> found.isPresent())
			.orElseThrow();
		CollectedSpan request = requestOf(orderId);
		assertThat(line.path("traceId").asString()).isEqualTo(request.traceId());
		assertThat(line.path("spanId").asString()).isEqualTo(request.spanId());
		assertThat(line.path("correlationId").asString()).isEqualTo(orderId);
		assertThat(line.path("eventId").asString())
			.isEqualTo(effectOf(orderId, EventType.ORDER_PLACED, "inventory-service").attributes()
				.get("messaging.message.id"));
	}

	@Test
	void keepsAddressesOutOfSpansAndLogs() throws Exception {
		awaitProcessed(place());
		assertThat(post(order("Atlantis")).statusCode()).isEqualTo(400);
		String broken = publishBrokenOrder();

		await().untilAsserted(() -> {
			assertThat(processed(broken)).extracting(CollectedSpan::service).containsAll(PLACEMENT_CONSUMERS);
			assertThat(processed(broken)).allMatch(CollectedSpan::failed);
		});
		for (String consumer : PLACEMENT_CONSUMERS) {
			await().until(() -> logLines(consumer).map(TraceE2E::json)
				.anyMatch((entry) -> entry.path("message").asString().startsWith("dead letter: ")
						&& entry.path("correlationId").asString().equals(broken) && entry.has("traceId")
						&& entry.has("eventId")));
			String dlq = "orders." + consumer + ".dlq";
			await().until(() -> TopicReader.read(stack.bootstrapServers(), dlq)
				.stream()
				.anyMatch((record) -> broken.equals(new String(record.key(), StandardCharsets.UTF_8))));
			assertThat(TopicReader.read(stack.bootstrapServers(), dlq)).extracting(
					(record) -> new String(record.headers().lastHeader("dlq-reason").value(), StandardCharsets.UTF_8))
				.noneMatch((reason) -> reason.contains(SECRET));
		}
		assertThat(collector.spans()).noneMatch((span) -> span.text().contains(SECRET));
		stack.topology()
			.services()
			.forEach((service) -> assertThat(logLines(service.name())).as(service.name())
				.isNotEmpty()
				.noneMatch((line) -> line.contains(SECRET)));
	}

	private static void awaitProcessed(String orderId) {
		await().untilAsserted(() -> {
			STORY.forEach((event, services) -> assertThat(processed(orderId, event)).as(event.type())
				.extracting(CollectedSpan::service)
				.containsExactlyInAnyOrderElementsOf(services));
			assertThat(sent(orderId)).hasSameSizeAs(STORY.keySet());
			assertThat(requests(orderId)).hasSize(1);
		});
	}

	/** Each event's effects follow from its cause, and so does its publication. */
	private static void assertOneTrace(String orderId) {
		CollectedSpan request = requestOf(orderId);
		assertThat(request.service()).isEqualTo("order-service");
		assertThat(request.parentId()).isEmpty();
		assertThat(request.name()).contains("/orders");
		assertThat(processed(orderId)).allSatisfy((span) -> {
			assertThat(span.traceId()).isEqualTo(request.traceId());
			assertThat(span.kind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
			assertThat(span.attributes()).containsEntry("orderflow.outcome", "applied")
				.containsEntry("messaging.consumer.group.name", span.service());
		});
		Map<EventType, CollectedSpan> causes = Map.of(EventType.ORDER_PLACED, request, EventType.STOCK_RESERVED,
				effectOf(orderId, EventType.ORDER_PLACED, "inventory-service"), EventType.ORDER_CONFIRMED,
				effectOf(orderId, EventType.STOCK_RESERVED, "order-service"), EventType.SHIPMENT_PLANNED,
				effectOf(orderId, EventType.ORDER_PLACED, "shipping-service"), EventType.SHIPMENT_DISPATCHED,
				effectOf(orderId, EventType.ORDER_CONFIRMED, "shipping-service"), EventType.ORDER_SHIPPED,
				effectOf(orderId, EventType.SHIPMENT_DISPATCHED, "order-service"));
		causes.forEach((event, cause) -> assertThat(processed(orderId, event)).as(event.type())
			.extracting(CollectedSpan::parentId)
			.containsOnly(cause.spanId()));
		assertThat(sent(orderId)).extracting(CollectedSpan::service, CollectedSpan::parentId)
			.containsExactlyInAnyOrderElementsOf(
					causes.values().stream().map((cause) -> tuple(cause.service(), cause.spanId())).toList());
	}

	private static CollectedSpan effectOf(String orderId, EventType event, String service) {
		return processed(orderId, event).stream()
			.filter((span) -> span.service().equals(service))
			.findFirst()
			.orElseThrow();
	}

	private static List<CollectedSpan> processed(String orderId, EventType event) {
		return processed(orderId).stream()
			.filter((span) -> event.type().equals(span.attributes().get("cloudevents.event_type")))
			.toList();
	}

	/** Of the order's story, in whatever consumer. */
	private static List<CollectedSpan> processed(String orderId) {
		return collector.spans((span) -> span.correlationId().equals(orderId));
	}

	private static List<CollectedSpan> sent(String orderId) {
		return ofTrace(orderId, SpanKind.SPAN_KIND_PRODUCER);
	}

	private static List<CollectedSpan> requests(String orderId) {
		return ofTrace(orderId, SpanKind.SPAN_KIND_SERVER);
	}

	private static CollectedSpan requestOf(String orderId) {
		return requests(orderId).getFirst();
	}

	private static List<CollectedSpan> ofTrace(String orderId, SpanKind kind) {
		Set<String> traceIds = processed(orderId).stream().map(CollectedSpan::traceId).collect(Collectors.toSet());
		return collector.spans((span) -> span.kind() == kind && traceIds.contains(span.traceId()));
	}

	private static String place() throws IOException, InterruptedException {
		HttpResponse<String> answer = post(order("DE"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return JSON.readTree(answer.body()).path("orderId").asString();
	}

	private static HttpResponse<String> post(String order) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(stack.instance("order-service").uri().resolve("/orders"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(order))
			.build();
		return http.send(request, BodyHandlers.ofString());
	}

	private static String order(String country) {
		return """
				{"customerId": "customer-1", "lines": [{"sku": "SKU-MUG", "quantity": 1}], "shipTo": %s}"""
			.formatted(shipTo(country));
	}

	private static String shipTo(String country) {
		return """
				{"name": "%1$s", "street": "%1$s 1", "city": "%1$s", "postalCode": "%1$s", "country": "%2$s"}"""
			.formatted(SECRET, country);
	}

	/* As a producer would that knows the contract by hearsay: the city is an object. */
	private static String publishBrokenOrder() {
		String orderId = UUID.randomUUID().toString();
		String data = """
				{"orderId": "%s", "shipTo": {"name": "%2$s", "street": "%2$s 1", "city": {"name": "%2$s"}}}"""
			.formatted(orderId, SECRET);
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("orders", bytes(orderId), bytes(data));
		Map.of("specversion", "1.0", "id", UUID.randomUUID().toString(), "source", "/hearsay", "type",
				"dev.orderflow.order.placed.v1", "time", Instant.now().toString(), "correlationid", orderId,
				"traceparent", "00-" + orderId.replace("-", "") + "-00f067aa0ba902b7-01")
			.forEach((name, value) -> record.headers().add("ce_" + name, bytes(value)));
		record.headers().add("content-type", bytes("application/json"));
		try (TopicWriter writer = new TopicWriter(stack.bootstrapServers())) {
			writer.write(record);
		}
		return orderId;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static Stream<String> logLines(String service) {
		try {
			return Files.readAllLines(system.settings().log(service)).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read the log of " + service, ex);
		}
	}

	private static JsonNode json(String line) {
		return line.startsWith("{") ? JSON.readTree(line) : JSON.missingNode();
	}

	/** A bound for a busy machine. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
	}

}
