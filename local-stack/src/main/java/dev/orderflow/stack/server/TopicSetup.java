package dev.orderflow.stack.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.orderflow.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates topics on a broker of this machine, with one replica. */
public final class TopicSetup {

	private static final Duration ADMIN_MAX = Duration.ofSeconds(30);

	private TopicSetup() {
	}

	/**
	 * Creates those of the topics that do not exist. Existing ones keep their settings.
	 */
	public static void create(String bootstrapServers, Collection<Topic> topics) {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
			Set<String> existing = admin.listTopics().names().get(ADMIN_MAX.toSeconds(), TimeUnit.SECONDS);
			List<NewTopic> missing = topics.stream()
				.filter((topic) -> !existing.contains(topic.name()))
				.map((topic) -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.configs()))
				.toList();
			admin.createTopics(missing).all().get(ADMIN_MAX.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Could not create topics " + topics, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while creating topics", ex);
		}
	}

}
