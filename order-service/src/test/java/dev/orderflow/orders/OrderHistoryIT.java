package dev.orderflow.orders;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the event that is served over HTTP equals the one on the topic, in every
 * attribute and byte. Method: both modes over HTTP, compared with the raw record.
 */
@OrderServiceTest
class OrderHistoryIT {

	private static final String STRUCTURED = "application/cloudevents+json";

	@Autowired
	private Api api;

	@Test
	void listsTheEventsOfAnOrder() {
		JsonNode order = this.api.post(Fixtures.aValidBody()).body();

		Api.Answer timeline = this.api.get("/orders/" + order.get("orderId").asString() + "/timeline");

		Map<String, String> event = RawRecords.headers(RawRecords.recordOf(order.get("orderId").asString()));
		assertThat(timeline.status()).isEqualTo(200);
		assertThat(timeline.body()).isEqualTo(JsonMapper.shared()
			.readTree("""
					[{"at": "%s", "event": "order.placed", "eventId": "%s", "source": "/orderflow/order-service",
					  "detail": "2 lines, 13540 cents EUR"}]""".formatted(Instant.parse(event.get("ce_time")),
					event.get("ce_id"))));
	}

	@Test
	void usesTheSingularForOneLine() {
		String body = Fixtures.aValidBody().replaceFirst(", \\{\"sku\": \"SKU-MUG\", \"quantity\": 4}", "");

		Api.Answer timeline = this.api.get(this.api.post(body).header("Location") + "/timeline");

		assertThat(timeline.body().get(0).get("detail").asString()).isEqualTo("1 line, 9980 cents EUR");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "application/cloudevents+json;q=0.5, application/json" })
	void servesTheEventOfTheTopicInBinaryMode(String accept) {
		ConsumerRecord<byte[], byte[]> record = aPublishedRecord();

		Api.Answer answer = this.api.get(pathOf(record), accept);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.response().body()).isEqualTo(new String(record.value()));
		Map<String, String> expected = new TreeMap<>();
		RawRecords.headers(record).forEach((name, value) -> expected.put(name.replace("ce_", "ce-"), value));
		Map<String, String> served = new TreeMap<>();
		answer.response().headers().map().forEach((name, values) -> {
			if (name.startsWith("ce-") || name.equals("content-type")) {
				assertThat(values).hasSize(1);
				served.put(name, values.getFirst());
			}
		});
		assertThat(served).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { STRUCTURED, "application/json;q=0.5, application/cloudevents+json" })
	void servesTheEventOfTheTopicInStructuredMode(String accept) {
		ConsumerRecord<byte[], byte[]> record = aPublishedRecord();

		Api.Answer answer = this.api.get(pathOf(record), accept);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo(STRUCTURED);
		assertThat(answer.response().headers().map().keySet()).noneMatch((name) -> name.startsWith("ce-"));
		ObjectNode expected = JsonMapper.shared().createObjectNode();
		RawRecords.headers(record)
			.forEach((name, value) -> expected
				.put(name.equals("content-type") ? "datacontenttype" : name.substring("ce_".length()), value));
		expected.set("data", JsonMapper.shared().readTree(record.value()));
		assertThat(answer.body()).isEqualTo(expected);
	}

	@Test
	void refusesOtherModes() {
		ConsumerRecord<byte[], byte[]> record = aPublishedRecord();

		Api.Answer answer = this.api.get(pathOf(record), "application/cloudevents+avro");

		assertThat(answer.status()).isEqualTo(406);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.body().get("detail").asString())
			.isEqualTo("Accept 'application/cloudevents+avro' allows none "
					+ "of the available media types: application/json, application/cloudevents+json");
	}

	@Test
	void findsAnEventUnderItsOwnOrderOnly() {
		String eventId = RawRecords.headers(aPublishedRecord()).get("ce_id");
		String other = this.api.post(Fixtures.aValidBody()).header("Location");

		assertThat(this.api.get(other + "/events/" + eventId).status()).isEqualTo(404);
	}

	private ConsumerRecord<byte[], byte[]> aPublishedRecord() {
		return RawRecords.recordOf(this.api.post(Fixtures.aValidBody()).body().get("orderId").asString());
	}

	private static String pathOf(ConsumerRecord<byte[], byte[]> record) {
		return "/orders/" + new String(record.key()) + "/events/" + RawRecords.headers(record).get("ce_id");
	}

}
