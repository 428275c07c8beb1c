package dev.orderflow.scaling.lint;

import java.util.HashMap;
import java.util.Map;

import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import dev.orderflow.scaling.manifest.KafkaSource.OffsetResetPolicy;
import dev.orderflow.scaling.simulation.Replica;

/**
 * Facts about the scaled workloads that the manifests do not contain.
 *
 * @param partitions partitions of each topic that exists
 * @param offsetResetPolicy where a consumer without a commit begins
 * @param batchRecordsMax the most records of a batch
 * @param replicas capacity of one replica of each service
 * @param connectionsMax PostgreSQL's {@code max_connections}
 * @param connectionsOther connections reserved for migrations, PostgreSQL itself and
 * people
 */
public record Facts(Map<String, Integer> partitions, OffsetResetPolicy offsetResetPolicy, int batchRecordsMax,
		Map<String, Replica> replicas, int connectionsMax, int connectionsOther) {

	/* event-starter-inbox.yml: start-offset and max.poll.records. */
	private static final OffsetResetPolicy OFFSET_RESET_POLICY = OffsetResetPolicy.EARLIEST;

	private static final int BATCH_RECORDS_MAX = 500;

	/* deploy/kind's and k8s/'s PostgreSQL. */
	private static final int CONNECTIONS_MAX = 300;

	/*
	 * superuser_reserved_connections (3), the Job that migrates (2), a reconciliation or
	 * a person (10).
	 */
	private static final int CONNECTIONS_OTHER = 15;

	public Facts {
		partitions = Map.copyOf(partitions);
		replicas = Map.copyOf(replicas);
	}

	/**
	 * The facts of this project, with the measured capacities: of services that read
	 * {@code orders}, and of a service on another topic, as in {@code measured.yaml}.
	 */
	public static Facts ofProject(Map<String, Replica> replicas) {
		Map<String, Integer> partitions = new HashMap<>();
		add(partitions, Topics.source(Topics.ORDERS));
		replicas.keySet().forEach((measured) -> {
			String[] words = measured.split(" on ");
			String topic = (words.length > 1) ? words[1] : Topics.ORDERS;
			add(partitions, Topics.source(topic));
			add(partitions, Topics.replay(topic, words[0]));
		});
		return new Facts(partitions, OFFSET_RESET_POLICY, BATCH_RECORDS_MAX, replicas, CONNECTIONS_MAX,
				CONNECTIONS_OTHER);
	}

	private static void add(Map<String, Integer> partitions, Topic topic) {
		partitions.put(topic.name(), topic.partitions());
	}

}
