package dev.orderflow.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** State of a consumer group on the tests' broker. */
public final class ConsumerGroups {

	private ConsumerGroups() {
	}

	/** Waits until the group has committed everything that is on the topic now. */
	public static void awaitNoLag(String group, String topic, Duration bound) {
		Awaitility.await("lag of " + group + " on " + topic)
			.atMost(bound)
			.until(() -> lag(group, topic), (lag) -> lag == 0);
	}

	/**
	 * Records of the topic that the group has not committed; without a commit, all of
	 * them.
	 */
	public static long lag(String group, String topic) {
		try (Admin admin = admin()) {
			Map<TopicPartition, OffsetSpec> latest = admin.describeTopics(List.of(topic))
				.allTopicNames()
				.get()
				.values()
				.stream()
				.flatMap((description) -> description.partitions().stream())
				.map((partition) -> new TopicPartition(topic, partition.partition()))
				.collect(Collectors.toMap((partition) -> partition, (partition) -> OffsetSpec.latest()));
			Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
				.partitionsToOffsetAndMetadata()
				.get();
			return admin.listOffsets(latest)
				.all()
				.get()
				.entrySet()
				.stream()
				.mapToLong((end) -> end.getValue().offset() - offset(committed.get(end.getKey())))
				.sum();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Could not read the lag of " + group, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while reading the lag of " + group, ex);
		}
	}

	/**
	 * Lets the group read the topic again from its beginning. Its members must have left
	 * or be leaving.
	 */
	public static void rewind(String group, String topic, Duration bound) {
		try (Admin admin = admin()) {
			Awaitility.await("members of " + group + " to leave")
				.atMost(bound)
				.until(() -> admin.describeConsumerGroups(List.of(group))
					.all()
					.get()
					.values()
					.stream()
					.allMatch((description) -> description.members().isEmpty()));
			Map<TopicPartition, OffsetAndMetadata> beginning = admin.listConsumerGroupOffsets(group)
				.partitionsToOffsetAndMetadata()
				.get()
				.keySet()
				.stream()
				.filter((partition) -> partition.topic().equals(topic))
				.collect(Collectors.toMap((partition) -> partition, (partition) -> new OffsetAndMetadata(0)));
			admin.alterConsumerGroupOffsets(group, beginning).all().get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Could not rewind " + group, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while rewinding " + group, ex);
		}
	}

	private static long offset(@Nullable OffsetAndMetadata committed) {
		return (committed != null) ? committed.offset() : 0;
	}

	private static Admin admin() {
		return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers()));
	}

}
