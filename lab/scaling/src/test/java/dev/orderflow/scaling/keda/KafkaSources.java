package dev.orderflow.scaling.keda;

import java.util.HashMap;
import java.util.Map;

import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.TriggerMetadata;

/** Kafka triggers for tests. */
final class KafkaSources {

	private KafkaSources() {
	}

	/**
	 * A trigger on topic orders, with these settings beside the required ones: name,
	 * value, name, value.
	 */
	static KafkaSource with(String... settings) {
		Map<String, String> all = new HashMap<>(
				Map.of("bootstrapServers", "kafka:9092", "consumerGroup", "inventory-service", "topic", "orders"));
		for (int i = 0; i < settings.length; i += 2) {
			all.put(settings[i], settings[i + 1]);
		}
		return KafkaSource.of(TriggerMetadata.ofStrings(all));
	}

}
