package dev.orderflow.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Progress of a consumer group, according to the broker. */
final class Group implements AutoCloseable {

	private final Admin admin;

	private final String name;

	Group(String bootstrapServers, String name) {
		this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
		this.name = name;
	}

	/** The sum of its committed offsets on a topic. */
	long committed(String topic) throws InterruptedException {
		try {
			return this.admin.listConsumerGroupOffsets(this.name)
				.partitionsToOffsetAndMetadata()
				.get()
				.entrySet()
				.stream()
				.filter((entry) -> entry.getKey().topic().equals(topic))
				.mapToLong((entry) -> entry.getValue().offset())
				.sum();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Could not read the commits of " + this.name, ex);
		}
	}

	/** The sum of a topic's end offsets. */
	long end(String topic) throws InterruptedException {
		try {
			Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
			for (TopicDescription description : this.admin.describeTopics(List.of(topic))
				.allTopicNames()
				.get()
				.values()) {
				description.partitions()
					.forEach((partition) -> ends.put(new TopicPartition(topic, partition.partition()),
							OffsetSpec.latest()));
			}
			return this.admin.listOffsets(ends)
				.all()
				.get()
				.values()
				.stream()
				.mapToLong(ListOffsetsResultInfo::offset)
				.sum();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Could not read the end of " + topic, ex);
		}
	}

	/** Whether a member has partitions. */
	boolean isAssigned() throws InterruptedException {
		return assignedMembers() > 0;
	}

	/** How many members have partitions. */
	long assignedMembers() throws InterruptedException {
		try {
			return this.admin.describeConsumerGroups(List.of(this.name))
				.all()
				.get()
				.values()
				.stream()
				.flatMap((group) -> group.members().stream())
				.filter((member) -> !member.assignment().topicPartitions().isEmpty())
				.count();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof GroupIdNotFoundException) {
				return 0;
			}
			throw new IllegalStateException("Could not read the members of " + this.name, ex);
		}
	}

	@Override
	public void close() {
		this.admin.close();
	}

}
