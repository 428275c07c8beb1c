package dev.orderflow.orders;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.orderflow.events.Topics;
import dev.orderflow.test.TopicReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** Raw records of the topic of orders. */
final class RawRecords {

	private static final Duration PUBLISHED_MAX = Duration.ofSeconds(30);

	private RawRecords() {
	}

	/** The only record of the order; fails if there are several. */
	static ConsumerRecord<byte[], byte[]> recordOf(String orderId) {
		List<ConsumerRecord<byte[], byte[]>> found = Awaitility.await()
			.atMost(PUBLISHED_MAX)
			.until(() -> TopicReader.read(Topics.ORDERS)
				.stream()
				.filter((record) -> orderId.equals(new String(record.key(), StandardCharsets.UTF_8)))
				.toList(), (records) -> !records.isEmpty());
		assertThat(found).hasSize(1);
		return found.getFirst();
	}

	/** Fails on a repeated header. */
	static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
		return Arrays.stream(record.headers().toArray())
			.collect(Collectors.toMap(Header::key, (header) -> new String(header.value(), StandardCharsets.UTF_8)));
	}

}
