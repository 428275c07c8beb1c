package dev.orderflow.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.orderflow.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics. */
public final class TopicSetup {

	private static final Duration ADMIN_MAX = Duration.ofSeconds(30);

	private TopicSetup() {
	}

	/**
	 * Creates the topics that do not exist, with one replica. Existing ones keep their
	 * settings.
	 */
	public static void create(String bootstrapServers, Collection<Topic> topics) {
		create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), topics, 1);
	}

	/**
	 * Creates the topics that do not exist. Existing ones keep their settings.
	 * @param client where the brokers are and how to log in, under Kafka's names
	 * @param replicas replication factor; if above 1, min.insync.replicas is one less, so
	 * that one broker may be down
	 * @return the names of the topics that were created
	 */
	public static List<String> create(Map<String, Object> client, Collection<Topic> topics, int replicas) {
		try (Admin admin = Admin.create(client)) {
			List<String> created = new ArrayList<>();
			for (var topic : admin.createTopics(topics.stream().map((topic) -> newTopic(topic, replicas)).toList())
				.values()
				.entrySet()) {
				if (isCreated(topic.getValue())) {
					created.add(topic.getKey());
				}
			}
			return created;
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Could not create topics " + topics, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while creating topics", ex);
		}
	}

	/**
	 * False if the topic exists. Only the creation itself tells: a broker's list of
	 * topics lacks those that were created a moment ago.
	 */
	private static boolean isCreated(KafkaFuture<Void> creation)
			throws ExecutionException, InterruptedException, TimeoutException {
		try {
			creation.get(ADMIN_MAX.toSeconds(), TimeUnit.SECONDS);
			return true;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof TopicExistsException) {
				return false;
			}
			throw ex;
		}
	}

	private static NewTopic newTopic(Topic topic, int replicas) {
		Map<String, String> configs = new HashMap<>(topic.configs());
		if (replicas > 1) {
			configs.put("min.insync.replicas", Integer.toString(replicas - 1));
		}
		return new NewTopic(topic.name(), topic.partitions(), (short) replicas).configs(configs);
	}

}
