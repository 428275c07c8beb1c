package dev.orderflow.demo.summary;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How many records a consumer group has not committed yet: over all partitions of all
 * topics it reads, whether or not a member reads them now. A partition without a commit
 * counts from its beginning, where the group would begin
 * ({@code auto.offset.reset=earliest}); so does one whose commit is older than its first
 * retained record. KEDA scales by the same sum.
 */
final class ConsumerLag implements AutoCloseable {

	private final Duration answerMax;

	private final Admin admin;

	/**
	 * Connects to a broker.
	 * @param answerMax how long each of the four requests may take
	 */
	ConsumerLag(String bootstrapServers, Duration answerMax) {
		int millis = Math.toIntExact(answerMax.toMillis());
		this.answerMax = answerMax;
		this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
				AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
				millis, AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, millis));
	}

	/** The lag of a group on the topics that it reads. */
	long of(String group, Collection<String> topics) throws InterruptedException, ExecutionException, TimeoutException {
		return positions(group, topics).stream().mapToLong(Position::lag).sum();
	}

	/** Position of a group on each partition of the topics that it reads. */
	List<Position> positions(String group, Collection<String> topics)
			throws InterruptedException, ExecutionException, TimeoutException {
		List<TopicPartition> partitions = get(this.admin.describeTopics(topics).allTopicNames()).values()
			.stream()
			.flatMap((topic) -> topic.partitions()
				.stream()
				.map((partition) -> new TopicPartition(topic.name(), partition.partition())))
			.toList();
		// Read the commits first: records that are published and committed in between
		// must not make the lag negative.
		Map<TopicPartition, OffsetAndMetadata> commits = get(
				this.admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
		Map<TopicPartition, ListOffsetsResultInfo> beginnings = offsets(partitions, OffsetSpec.earliest());
		Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
		return partitions.stream()
			.map((partition) -> new Position(partition, next(commits.get(partition), offset(beginnings, partition)),
					offset(ends, partition)))
			.toList();
	}

	@Override
	public void close() {
		this.admin.close(Duration.ZERO);
	}

	private static long next(@Nullable OffsetAndMetadata commit, long beginning) {
		return (commit != null) ? Math.max(commit.offset(), beginning) : beginning;
	}

	private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec spec)
			throws InterruptedException, ExecutionException, TimeoutException {
		Map<TopicPartition, OffsetSpec> question = new HashMap<>();
		partitions.forEach((partition) -> question.put(partition, spec));
		return get(this.admin.listOffsets(question).all());
	}

	private static long offset(Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
		ListOffsetsResultInfo found = offsets.get(partition);
		if (found == null) {
			throw new IllegalStateException("No offset of %s".formatted(partition));
		}
		return found.offset();
	}

	private <T> T get(KafkaFuture<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
		return answer.get(this.answerMax.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Position of a group on one partition.
	 *
	 * @param partition the partition
	 * @param next offset of the next record for the group
	 * @param end offset that the next record gets
	 */
	record Position(TopicPartition partition, long next, long end) {

		long lag() {
			return Math.max(0, this.end - this.next);
		}

	}

}
