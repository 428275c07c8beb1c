package dev.orderflow.inbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.BatchInterceptor;

/**
 * Reads a topic from its start that was deleted and made anew under a running consumer. A
 * consumer knows a topic by its name and goes on at its old position: the records before
 * it would never be read, and no lag would show them. Only the topic's id tells the two
 * apart. What was read already is read again, and each event still has its effect once.
 *
 * <p>
 * It ends where a partition goes to another consumer before this one has seen the new id,
 * which {@link AwaitedTopics} asks for now and then: one that has started since knows no
 * other id.
 */
final class RemadeTopics implements BatchInterceptor<Object, Object> {

	private static final Logger logger = LoggerFactory.getLogger(RemadeTopics.class);

	private final Map<String, Uuid> ids = new ConcurrentHashMap<>();

	/** To be read from the start by whoever has them. */
	private final Set<TopicPartition> unread = ConcurrentHashMap.newKeySet();

	/** Takes note of a topic as it is now; any thread. */
	void see(TopicDescription topic) {
		Uuid known = this.ids.put(topic.name(), topic.topicId());
		if (known != null && !known.equals(topic.topicId())) {
			logger.warn("topic made anew, read from its start: topic={} idBefore={} id={}", topic.name(), known,
					topic.topicId());
			topic.partitions()
				.forEach((partition) -> this.unread.add(new TopicPartition(topic.name(), partition.partition())));
		}
	}

	/** Before each poll, on the consumer's own thread. */
	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		if (!this.unread.isEmpty()) {
			List<TopicPartition> mine = consumer.assignment().stream().filter(this.unread::contains).toList();
			if (!mine.isEmpty()) {
				consumer.seekToBeginning(mine);
				mine.forEach(this.unread::remove);
			}
		}
	}

	@Override
	public ConsumerRecords<Object, Object> intercept(ConsumerRecords<Object, Object> records,
			Consumer<Object, Object> consumer) {
		return records;
	}

}
