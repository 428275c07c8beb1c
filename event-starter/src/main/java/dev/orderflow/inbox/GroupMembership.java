package dev.orderflow.inbox;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * Up once the coordinator has admitted this process to the consumer group, with or
 * without a partition: if there are more replicas than partitions, all are members. It
 * stays up, because removing a consumer would fix neither a rebalance nor a broker
 * outage.
 *
 * <p>
 * The group metadata shows it: its generation is the member epoch of KIP-848, which is
 * positive only for members. Only the consumer's own thread may read it, so it does so
 * before each poll, and after one that returned records, which may take long to process;
 * the assignment callback is not called for a member without a partition.
 *
 * @see <a href="https://cwiki.apache.org/confluence/x/HhD1D">KIP-848: the next generation
 * of the consumer rebalance protocol</a>
 */
final class GroupMembership implements HealthIndicator, BatchInterceptor<Object, Object> {

	private volatile boolean member;

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		ask(consumer);
	}

	@Override
	public ConsumerRecords<Object, Object> intercept(ConsumerRecords<Object, Object> records,
			Consumer<Object, Object> consumer) {
		ask(consumer);
		return records;
	}

	private void ask(Consumer<?, ?> consumer) {
		if (!this.member) {
			this.member = consumer.groupMetadata().generationId() > 0;
		}
	}

	@Override
	public Health health() {
		return this.member ? Health.up().build()
				: Health.down().withDetail("reason", "not a member of the consumer group").build();
	}

}
