package dev.orderflow.inbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.BatchInterceptor;

/**
 * Makes a running consumer read a topic from its start after the topic was deleted and
 * recreated. A consumer knows a topic by its name and continues at its old position: it
 * would never read the records before that, and no lag would show them. Only the topic id
 * distinguishes the two topics. Records read already are read again, and each event still
 * takes effect once.
 *
 * <p>
 * Limit: {@link AwaitedTopics} queries the topic id only at intervals. If a partition
 * moves before that, a new owner that started after the recreation does not notice it,
 * because it never knew the old id.
 */
final class RecreatedTopics implements BatchInterceptor<Object, Object> {

	private static final Logger logger = LoggerFactory.getLogger(RecreatedTopics.class);

	private static final Duration COMMIT_MAX = Duration.ofSeconds(5);

	private final Map<String, Uuid> ids = new ConcurrentHashMap<>();

	/** Partitions that their owner has to read from the start. */
	private final Set<TopicPartition> unread = ConcurrentHashMap.newKeySet();

	/** Records the current id of a topic; may be called from any thread. */
	void see(TopicDescription topic) {
		Uuid known = this.ids.put(topic.name(), topic.topicId());
		if (known != null && !known.equals(topic.topicId())) {
			logger.warn("topic recreated, reading it from its start: topic={} idBefore={} id={}", topic.name(), known,
					topic.topicId());
			topic.partitions()
				.forEach((partition) -> this.unread.add(new TopicPartition(topic.name(), partition.partition())));
		}
	}

	/** Called before each poll, on the consumer's own thread. */
	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		if (!this.unread.isEmpty()) {
			List<TopicPartition> mine = consumer.assignment().stream().filter(this.unread::contains).toList();
			if (!mine.isEmpty()) {
				readFromStart(consumer, mine);
			}
		}
	}

	/**
	 * Commits the start, too: the group assigns the partitions of the new topic once it
	 * notices it, and their owner then begins at the committed offset.
	 */
	private void readFromStart(Consumer<?, ?> consumer, List<TopicPartition> partitions) {
		try {
			consumer.seekToBeginning(partitions);
			consumer.commitSync(
					partitions.stream()
						.collect(Collectors.toMap(Function.identity(), (partition) -> new OffsetAndMetadata(0))),
					COMMIT_MAX);
			partitions.forEach(this.unread::remove);
		}
		catch (KafkaException ex) {
			logger.warn("could not commit the start of recreated topics, next try before the next poll: {}",
					ex.toString());
		}
	}

	@Override
	public ConsumerRecords<Object, Object> intercept(ConsumerRecords<Object, Object> records,
			Consumer<Object, Object> consumer) {
		return records;
	}

}
