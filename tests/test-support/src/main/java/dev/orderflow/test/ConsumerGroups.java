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

/** State of a consumer group. */
public final class ConsumerGroups {

	private ConsumerGroups() {
	}

	/**
	 * Waits until the group has committed everything that is on the topic of the tests'
	 * broker now.
	 */
	public static void awaitNoLag(String group, String topic, Duration bound) {
		Awaitility.await("lag of " + group + " on " + topic)
			.atMost(bound)
			.until(() -> lag(group, topic), (lag) -> lag == 0);
	}

	/**
	 * Records of the topic of the tests' broker that the group has not committed; without
	 * a commit, all of them.
	 */
	public static long lag(String group, String topic) {
		return lag(TestServers.bootstrapServers(), group, topic);
	}

	/** The same on a broker. */
	public static long lag(String bootstrapServers, String group, String topic) {
		try (Admin admin = admin(bootstrapServers)) {
			// Commits first: what is committed in between must not make the lag negative.
			Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
				.partitionsToOffsetAndMetadata()
				.get();
			return ends(admin, topic).entrySet()
				.stream()
				.mapToLong((end) -> end.getValue() - offset(committed.get(end.getKey())))
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

	/** Number of records that were ever written to a topic of a broker. */
	public static long written(String bootstrapServers, String topic) {
		try (Admin admin = admin(bootstrapServers)) {
			return ends(admin, topic).values().stream().mapToLong(Long::longValue).sum();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Could not read the end of " + topic, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while reading the end of " + topic, ex);
		}
	}

	private static Map<TopicPartition, Long> ends(Admin admin, String topic)
			throws ExecutionException, InterruptedException {
		Map<TopicPartition, OffsetSpec> latest = admin.describeTopics(List.of(topic))
			.allTopicNames()
			.get()
			.values()
			.stream()
			.flatMap((description) -> description.partitions().stream())
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.collect(Collectors.toMap((partition) -> partition, (partition) -> OffsetSpec.latest()));
		return admin.listOffsets(latest)
			.all()
			.get()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (end) -> end.getValue().offset()));
	}

	/**
	 * Lets the group on the tests' broker read the topic again from its beginning. Its
	 * members must have left or be leaving.
	 */
	public static void rewind(String group, String topic, Duration bound) {
		try (Admin admin = admin(TestServers.bootstrapServers())) {
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

	private static Admin admin(String bootstrapServers) {
		return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
	}

}
