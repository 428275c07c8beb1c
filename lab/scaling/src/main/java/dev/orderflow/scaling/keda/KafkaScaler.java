package dev.orderflow.scaling.keda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.KafkaSource.OffsetResetPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Lag of a consumer group as KEDA v2.20.2 counts it, {@code pkg/scalers/kafka_scaler.go}:
 * {@code getLagForPartition}, {@code getTotalLag},
 * {@code getNextFactorThatBalancesConsumersToTopicPartitions} and
 * {@code GetMetricsAndActivity}. The scaler remembers each partition's commit from call
 * to call; KEDA's polls and the autoscaler's requests both count as calls.
 */
public final class KafkaScaler implements Scaler {

	private final KafkaSource source;

	private final Supplier<List<TopicOffsets>> offsets;

	private final Map<String, Long> previousOffsets = new HashMap<>();

	/**
	 * A scaler that remembers nothing yet.
	 * @param offsets the offsets of the topics that the source names; throws
	 * {@link ScalerException} while they are unavailable
	 */
	public KafkaScaler(KafkaSource source, Supplier<List<TopicOffsets>> offsets) {
		this.source = source;
		this.offsets = offsets;
	}

	@Override
	public Reading read() {
		List<PartitionLag> partitions = this.offsets.get()
			.stream()
			.flatMap((topic) -> topic.logEnd()
				.keySet()
				.stream()
				.filter(this::isCounted)
				.map((partition) -> lagOf(topic, partition)))
			.toList();
		long persistent = partitions.stream().mapToLong(PartitionLag::lagWithPersistent).sum();
		// Activation is decided by the uncapped sum.
		return new Reading(Milli.of(metric(partitions)), persistent > this.source.activationLagThreshold());
	}

	/** The sum that the autoscaler divides by the threshold. */
	private long metric(List<PartitionLag> partitions) {
		long threshold = this.source.lagThreshold();
		long total = partitions.stream().mapToLong(PartitionLag::lag).sum();
		boolean even = this.source.ensureEvenDistributionOfPartitions();
		boolean withLagOnly = this.source.limitToPartitionsWithLag();
		if (this.source.allowIdleConsumers() && !withLagOnly && !even) {
			return total;
		}
		if (even) {
			total = nextFactor(total, partitions.size(), threshold) * threshold;
		}
		long bound = withLagOnly ? partitions.stream().filter((partition) -> partition.lag() > 0).count()
				: partitions.size();
		// Integer division: the cap applies only when the lag exceeds the bound by one
		// threshold. Below that the autoscaler, which rounds up, asks for one replica
		// too many.
		return (total / threshold > bound) ? bound * threshold : total;
	}

	/** Lag of one partition; the order of the checks matters. */
	PartitionLag lagOf(TopicOffsets topic, int partition) {
		Long committed = topic.committed().get(partition);
		if (committed == null) {
			throw new ScalerException("No offset block for %s-%d".formatted(topic.topic(), partition));
		}
		boolean none = committed == TopicOffsets.NONE;
		if (none && this.source.offsetResetPolicy() == OffsetResetPolicy.LATEST) {
			return PartitionLag.of(this.source.scaleToZeroOnInvalidOffset() ? 0 : 1);
		}
		if (none && this.source.scaleToZeroOnInvalidOffset()) {
			return PartitionLag.of(0);
		}
		Long logEnd = topic.logEnd().get(partition);
		if (logEnd == null) {
			return PartitionLag.of(0);
		}
		if (none) {
			return PartitionLag.of(logEnd);
		}
		long lag = logEnd - committed;
		return (this.source.excludePersistentLag() && isUnmoved(topic.topic() + "-" + partition, committed))
				? new PartitionLag(0, lag) : PartitionLag.of(lag);
	}

	private boolean isUnmoved(String partition, long committed) {
		@Nullable Long previous = this.previousOffsets.put(partition, committed);
		return previous != null && previous == committed;
	}

	private boolean isCounted(int partition) {
		return this.source.partitionLimitation().isEmpty() || this.source.partitionLimitation().contains(partition);
	}

	/**
	 * The smallest replica count that divides the partitions evenly and suffices for the
	 * lag.
	 */
	static long nextFactor(long totalLag, long partitions, long threshold) {
		return factors(partitions).filter((factor) -> factor * threshold >= totalLag).findFirst().orElse(partitions);
	}

	/** {@code FindFactors}, ascending. */
	static LongStream factors(long number) {
		return LongStream.rangeClosed(1, number).filter((factor) -> number % factor == 0);
	}

}
