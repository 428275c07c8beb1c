package dev.orderflow.scaling.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Lag of a consumer group, with the settings, defaults and checks of KEDA v2.20.2,
 * {@code pkg/scalers/kafka_scaler.go} {@code kafkaMetadata}.
 *
 * @param bootstrapServers the brokers' addresses, or the variable that has them
 * @param consumerGroup the group whose lag is measured
 * @param topic the topic; absent for all topics on which the group has commits
 * @param partitionLimitation the partitions to measure; empty for all
 * @param lagThreshold lag for one replica, in records
 * @param activationLagThreshold lag, in records, above which the trigger is active
 * @param offsetResetPolicy how a partition without a commit is counted
 * @param allowIdleConsumers whether KEDA may ask for more replicas than partitions
 * @param excludePersistentLag whether a partition whose commit does not advance is left
 * out
 * @param scaleToZeroOnInvalidOffset whether a partition without a commit counts as 0
 * @param limitToPartitionsWithLag whether the replicas are capped by the partitions with
 * lag only
 * @param ensureEvenDistributionOfPartitions whether KEDA asks only for divisors of the
 * number of partitions
 * @param sasl how KEDA logs in; absent if the authentication says so, or if there is no
 * login
 */
public record KafkaSource(List<String> bootstrapServers, String consumerGroup, @Nullable String topic,
		Set<Integer> partitionLimitation, long lagThreshold, long activationLagThreshold,
		OffsetResetPolicy offsetResetPolicy, boolean allowIdleConsumers, boolean excludePersistentLag,
		boolean scaleToZeroOnInvalidOffset, boolean limitToPartitionsWithLag,
		boolean ensureEvenDistributionOfPartitions, @Nullable String sasl) implements TriggerSource {

	static final String TYPE = "kafka";

	private static final int LAG_THRESHOLD = 10;

	public KafkaSource {
		bootstrapServers = List.copyOf(bootstrapServers);
		partitionLimitation = Set.copyOf((topic != null) ? partitionLimitation : Set.of());
		Require.that(lagThreshold > 0, "expected metadata.lagThreshold above 0, found %d", lagThreshold);
		Require.that(activationLagThreshold >= 0, "expected metadata.activationLagThreshold of 0 or more, found %d",
				activationLagThreshold);
		Require.that(!(allowIdleConsumers && limitToPartitionsWithLag),
				"metadata.allowIdleConsumers and metadata.limitToPartitionsWithLag exclude each other");
		Require.that(!(limitToPartitionsWithLag && ensureEvenDistributionOfPartitions),
				"metadata.limitToPartitionsWithLag and metadata.ensureEvenDistributionOfPartitions exclude each other");
		Require.that(topic != null || !(limitToPartitionsWithLag || ensureEvenDistributionOfPartitions),
				"no metadata.topic, which limitToPartitionsWithLag and ensureEvenDistributionOfPartitions need");
	}

	/** Where a group without a commit begins. */
	public enum OffsetResetPolicy {

		/** Begins with the next new record. */
		LATEST,

		/** Begins with the oldest record. */
		EARLIEST

	}

	/** Reads the settings; the caller must then check for unknown ones. */
	public static KafkaSource of(TriggerMetadata given) {
		String topic = given.textOr("topic", "");
		given.oneOf("tls", "disable", "enable", "disable");
		given.flag("unsafeSsl", false);
		given.optional("version");
		String sasl = given.oneOf("sasl", "", "", "none", "plaintext", "scram_sha256", "scram_sha512", "gssapi",
				"oauthbearer");
		given.optional("saslTokenProvider");
		given.optional("awsRegion");
		return new KafkaSource(servers(given), given.text("consumerGroup"), topic.isEmpty() ? null : topic,
				partitions(given.textOr("partitionLimitation", "")), given.count("lagThreshold", LAG_THRESHOLD),
				given.count("activationLagThreshold", 0),
				given.oneOf("offsetResetPolicy", "latest", "latest", "earliest").equals("latest")
						? OffsetResetPolicy.LATEST : OffsetResetPolicy.EARLIEST,
				given.flag("allowIdleConsumers", false), given.flag("excludePersistentLag", false),
				given.flag("scaleToZeroOnInvalidOffset", false), given.flag("limitToPartitionsWithLag", false),
				given.flag("ensureEvenDistributionOfPartitions", false), sasl.isEmpty() ? null : sasl);
	}

	/* Or the variable of the workload's container that KEDA reads them from. */
	private static List<String> servers(TriggerMetadata given) {
		String variable = given.optional("bootstrapServersFromEnv");
		return (variable != null) ? List.of("$(" + variable + ")") : List.of(given.text("bootstrapServers").split(","));
	}

	@Override
	public String metricName() {
		String name = (this.topic != null) ? "kafka-" + this.topic : "kafka-" + this.consumerGroup + "-topics";
		// NormalizeString: replaces characters that a metric name must not contain.
		return name.replaceAll("[/.:%()]", "-");
	}

	@Override
	public double target() {
		return this.lagThreshold;
	}

	@Override
	public boolean needsAuthentication() {
		return this.sasl != null && !this.sasl.equals("none");
	}

	/* parsePartitionLimitation: numbers and ranges, 1,4-6. */
	private static Set<Integer> partitions(String text) {
		Set<Integer> partitions = new TreeSet<>();
		List<String> parts = new ArrayList<>();
		if (!text.isBlank()) {
			parts.addAll(List.of(text.split(",")));
		}
		for (String part : parts) {
			String[] ends = part.strip().split("-");
			try {
				Require.that(ends.length <= 2, "expected a range");
				for (int i = Integer.parseInt(ends[0].strip()); i <= Integer
					.parseInt(ends[ends.length - 1].strip()); i++) {
					partitions.add(i);
				}
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException(
						"expected metadata.partitionLimitation such as 1,4-6, found %s".formatted(text), ex);
			}
		}
		return partitions;
	}

}
