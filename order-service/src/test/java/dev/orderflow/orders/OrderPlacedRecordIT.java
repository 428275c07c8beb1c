package dev.orderflow.orders;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.events.OrderPlaced;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the event of an accepted order is on the topic in the CloudEvents Kafka binding
 * 1.0, binary content mode, so that any SDK can read it. Method: bytes and headers of the
 * raw record are compared with the specification.
 */
@OrderServiceTest
class OrderPlacedRecordIT {

	@Autowired
	private Api api;

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void isACloudEventInBinaryContentMode() {
		Api.Answer order = this.api.post(Fixtures.aValidBody());
		String orderId = order.body().get("orderId").asString();

		Map<String, String> headers = RawRecords.headers(RawRecords.recordOf(orderId));

		assertThat(headers).containsEntry("ce_specversion", "1.0")
			.containsEntry("ce_source", "/orderflow/order-service")
			.containsEntry("ce_type", "dev.orderflow.order.placed.v1")
			.containsEntry("ce_subject", orderId)
			.containsEntry("ce_dataschema", "https://orderflow.dev/schemas/order.placed/1.0.0")
			.containsEntry("ce_correlationid", orderId)
			.containsEntry("ce_partitionkey", orderId)
			.containsEntry("content-type", "application/json");
		assertThat(UUID.fromString(headers.get("ce_id")).version()).isEqualTo(7);
		assertThat(headers.get("ce_time")).endsWith("Z");
		assertThat(Instant.parse(headers.get("ce_time")))
			.isAfterOrEqualTo(Instant.parse(order.body().get("placedAt").asString()))
			.isBefore(Instant.now().plusSeconds(1));
		assertThat(headers.get("ce_traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
		assertThat(headers.keySet()).containsExactlyInAnyOrder("ce_specversion", "ce_id", "ce_source", "ce_type",
				"ce_subject", "ce_time", "ce_dataschema", "ce_correlationid", "ce_partitionkey", "ce_traceparent",
				"content-type");
	}

	@Test
	void isKeyedByOrderIdAndHoldsTheDataOnly() {
		Api.Answer order = this.api.post(Fixtures.aValidBody());
		String orderId = order.body().get("orderId").asString();

		ConsumerRecord<byte[], byte[]> record = RawRecords.recordOf(orderId);

		assertThat(record.key()).isEqualTo(orderId.getBytes(StandardCharsets.UTF_8));
		OrderPlaced data = this.json.readValue(record.value(), OrderPlaced.class);
		assertThat(record.value()).isEqualTo(this.json.writeValueAsBytes(data));
		assertThat(data.orderId()).hasToString(orderId);
		assertThat(data.totalCents()).isEqualTo(13_540);
		assertThat(data.placedAt()).isEqualTo(order.body().get("placedAt").asString());
	}

}
