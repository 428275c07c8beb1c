package dev.orderflow.inbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Down once the consumer has stopped on an error, such as an {@link Error} while polling,
 * from which this process cannot recover. The liveness probe includes it, so that the
 * process is restarted; the group keeps the offsets, so nothing is lost. A consumer that
 * waits for the end of an outage, or was stopped by an operator, is up.
 */
final class ConsumerLiveness implements HealthIndicator {

	private final List<MessageListenerContainer> containers = new CopyOnWriteArrayList<>();

	/** Watches a container from now on. */
	void watch(MessageListenerContainer container) {
		this.containers.add(container);
	}

	boolean hasFailed() {
		return !this.containers.stream().allMatch(MessageListenerContainer::isInExpectedState);
	}

	@Override
	public Health health() {
		return hasFailed() ? Health.down().withDetail("reason", "the consumer stopped on an error").build()
				: Health.up().build();
	}

}
