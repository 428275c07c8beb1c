package dev.orderflow.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.stream.binder.BinderException;
import org.springframework.cloud.stream.binder.kafka.support.ConsumerConfigCustomizer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.util.StringUtils;

/**
 * Checks that the topics exist before the binder looks them up. The binder would retry
 * for minutes during startup, while the application serves nothing and no signal stops
 * it. If a topic is missing, or the broker does not answer within {@link #ANSWER_MAX},
 * the binding fails; Spring Cloud Stream retries it every {@code binding-retry-interval},
 * without limit and outside startup. The check is repeated every
 * {@code orderflow.inbox.topic-check-interval}, for {@link RecreatedTopics}.
 *
 * <p>
 * Limit: the broker may become unreachable between this check and the binder's lookup.
 */
final class AwaitedTopics implements ConsumerConfigCustomizer, SchedulingConfigurer {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(AwaitedTopics.class);

	private final RecreatedTopics recreated;

	private final Duration interval;

	private volatile @Nullable Question last;

	AwaitedTopics(RecreatedTopics recreated, Duration interval) {
		this.recreated = recreated;
		this.interval = interval;
	}

	@Override
	public void configure(Map<String, Object> consumer, String binding, String destination) {
		Question question = new Question(settings(consumer),
				List.of(StringUtils.tokenizeToStringArray(destination, ",")));
		this.last = question;
		ask(question);
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar schedule) {
		schedule.addFixedDelayTask(new FixedDelayTask(this::askAgain, this.interval, this.interval));
	}

	private void askAgain() {
		Question question = this.last;
		if (question != null) {
			try {
				ask(question);
			}
			catch (BinderException ex) {
				// Already logged. The consumer itself waits for the end of the outage.
				return;
			}
		}
	}

	private void ask(Question question) {
		try (Admin admin = Admin.create(question.settings())) {
			List<String> missing = missing(admin, question.topics());
			if (!missing.isEmpty()) {
				throw waiting(question, "missing: " + missing, null);
			}
		}
		catch (ExecutionException | KafkaException ex) {
			throw waiting(question, NestedExceptionUtils.getMostSpecificCause(ex).toString(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw waiting(question, "interrupted", ex);
		}
	}

	private List<String> missing(Admin admin, List<String> topics) throws ExecutionException, InterruptedException {
		List<String> missing = new ArrayList<>();
		for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
			if (!exists(topic.getValue())) {
				missing.add(topic.getKey());
			}
		}
		return missing;
	}

	private boolean exists(KafkaFuture<TopicDescription> description) throws ExecutionException, InterruptedException {
		try {
			this.recreated.see(description.get());
			return true;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
				return false;
			}
			throw ex;
		}
	}

	/** The consumer's own broker address and credentials. */
	private static Map<String, Object> settings(Map<String, Object> consumer) {
		Map<String, Object> settings = new HashMap<>(consumer);
		settings.keySet().retainAll(AdminClientConfig.configNames());
		settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
		settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
		settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, ANSWER_MAX.toMillis());
		settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, ANSWER_MAX.toMillis());
		return settings;
	}

	private static BinderException waiting(Question question, String found, @Nullable Exception cause) {
		Object broker = question.settings().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
		logger.warn("waiting for topics: expected={} broker={} found={}", question.topics(), broker, found);
		return new BinderException(
				"Topics not available on " + broker + ": expected " + question.topics() + ", " + found, cause);
	}

	private record Question(Map<String, Object> settings, List<String> topics) {
	}

}
