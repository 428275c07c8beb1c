package dev.orderflow.analytics.rebuild;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.orderflow.analytics.Rebuild;
import org.apache.kafka.clients.consumer.ConsumerConfig;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The topics that the service reads, with the service's own broker and credentials. */
@Component
@Profile(Rebuild.PROFILE)
class OrderTopics {

	private final KafkaProperties kafka;

	private final KafkaConnectionDetails connection;

	private final List<String> topics;

	private final Clock clock;

	OrderTopics(KafkaProperties kafka, KafkaConnectionDetails connection,
			@Value("${orderflow.inbox.topics}") List<String> topics, Clock clock) {
		this.kafka = kafka;
		this.connection = connection;
		this.topics = topics;
		this.clock = clock;
	}

	/** Opens them for a group, which keeps the offsets. The caller closes them. */
	RetainedOrders open(String group) {
		Map<String, Object> settings = this.kafka.buildConsumerProperties();
		settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.connection.getConsumer().getBootstrapServers());
		return new RetainedOrders(settings, group, this.topics, this.clock);
	}

}
