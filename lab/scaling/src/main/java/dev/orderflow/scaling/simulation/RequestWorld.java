package dev.orderflow.scaling.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.orderflow.scaling.keda.KafkaScaler;
import dev.orderflow.scaling.keda.PrometheusScaler;
import dev.orderflow.scaling.keda.Scaler;
import dev.orderflow.scaling.keda.TopicOffsets;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.PrometheusSource;
import dev.orderflow.scaling.manifest.Trigger;

/**
 * Requests, and the replicas that share them. The Prometheus trigger measures their rate
 * over the last minute, whatever its PromQL query says. Topics that the service also
 * reads exist and are empty.
 */
final class RequestWorld implements World {

	private static final int RATE_SECONDS = 60;

	private final PartitionLog queue = new PartitionLog();

	private final Deque<Long> lastMinute = new ArrayDeque<>();

	private final double basePerSecond;

	private final int perReplica;

	private double fraction;

	RequestWorld(double basePerSecond, int perReplica) {
		this.basePerSecond = basePerSecond;
		this.perReplica = perReplica;
	}

	@Override
	public void pass(int second, Load load, List<Integer> ready) {
		this.fraction += load.rate() * this.basePerSecond;
		long arrived = (long) this.fraction;
		this.fraction -= arrived;
		this.queue.append(second, arrived);
		this.lastMinute.addLast(arrived);
		if (this.lastMinute.size() > RATE_SECONDS) {
			this.lastMinute.removeFirst();
		}
		double speed = load.dependency() ? this.perReplica * load.speed() : 0;
		this.queue.commit(this.queue.fetch((long) (ready.size() * speed)));
	}

	@Override
	public Scaler.Factory scaler(Trigger trigger) {
		return () -> switch (trigger.source()) {
			case PrometheusSource source -> new PrometheusScaler(source, () -> List.of(rate()));
			case KafkaSource source -> new KafkaScaler(source, () -> List
				.of(new TopicOffsets(String.valueOf(source.topic()), Map.of(0, 0L), new TreeMap<>(Map.of(0, 0L)))));
		};
	}

	private double rate() {
		return this.lastMinute.stream().mapToLong(Long::longValue).sum() / (double) RATE_SECONDS;
	}

	@Override
	public long lag() {
		return this.queue.lag();
	}

	@Override
	public int oldestAge(int second) {
		return this.queue.oldestAge(second);
	}

	@Override
	public long turnedLate() {
		return this.queue.turnedLate();
	}

	@Override
	public int rebalances() {
		return 0;
	}

}
