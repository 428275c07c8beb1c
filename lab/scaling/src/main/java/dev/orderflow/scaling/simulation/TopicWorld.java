package dev.orderflow.scaling.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.orderflow.events.Topics;
import dev.orderflow.scaling.keda.KafkaScaler;
import dev.orderflow.scaling.keda.PrometheusScaler;
import dev.orderflow.scaling.keda.Scaler;
import dev.orderflow.scaling.keda.ScalerException;
import dev.orderflow.scaling.keda.TopicOffsets;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.PrometheusSource;
import dev.orderflow.scaling.manifest.Trigger;

/**
 * A topic and the group that reads it. While the broker is down, orders wait in the
 * outbox and are published as soon as it is back. The replay topic exists and is empty.
 */
final class TopicWorld implements World {

	/*
	 * Time from arrival to commit without a backlog: a fetch and a transaction. Records
	 * that arrive this late in a second count as lag at its end; otherwise a busy group
	 * would look idle to a poll.
	 */
	private static final double DELAY_SECONDS = 0.1;

	private final List<PartitionLog> partitions = IntStream.range(0, Topics.PARTITIONS)
		.mapToObj((partition) -> new PartitionLog())
		.toList();

	private final ConsumerGroup group;

	private final double[] fractions = new double[Topics.PARTITIONS];

	private final double basePerSecond;

	private final int perReplica;

	private boolean broker = true;

	TopicWorld(Scenario scenario, double basePerSecond, int perReplica, Assignor assignor) {
		this.group = new ConsumerGroup(this.partitions, assignor);
		this.basePerSecond = basePerSecond;
		this.perReplica = perReplica;
		long history = Math.round(scenario.uncommittedSeconds() * basePerSecond / Topics.PARTITIONS);
		this.partitions.forEach((partition) -> partition.begin(history, history == 0));
		Arrays.setAll(this.fractions, (partition) -> (double) partition / Topics.PARTITIONS);
	}

	@Override
	public void pass(int second, Load load, List<Integer> ready) {
		this.broker = load.broker();
		comeIn(second, load, 1 - DELAY_SECONDS);
		if (this.broker) {
			this.group.work(second, ready, this.perReplica * load.speed(), load.dependency());
		}
		comeIn(second, load, DELAY_SECONDS);
	}

	private void comeIn(int second, Load load, double seconds) {
		for (int i = 0; i < this.fractions.length; i++) {
			double share = (1 - load.hotShare()) / this.fractions.length + ((i == 0) ? load.hotShare() : 0);
			this.fractions[i] += load.rate() * this.basePerSecond * share * seconds;
			long whole = (long) this.fractions[i];
			this.fractions[i] -= whole;
			this.partitions.get(i).append(second, whole);
		}
	}

	@Override
	public Scaler.Factory scaler(Trigger trigger) {
		return () -> {
			requireBroker();
			return switch (trigger.source()) {
				case KafkaSource source -> new KafkaScaler(source, () -> List.of(offsets(source)));
				case PrometheusSource source -> new PrometheusScaler(source, List::of);
			};
		};
	}

	private TopicOffsets offsets(KafkaSource source) {
		requireBroker();
		boolean main = !String.valueOf(source.topic()).endsWith(".replay");
		Map<Integer, Long> committed = new HashMap<>();
		TreeMap<Integer, Long> ends = new TreeMap<>();
		for (int i = 0; i < this.partitions.size(); i++) {
			committed.put(i, main ? this.partitions.get(i).commit() : TopicOffsets.NONE);
			ends.put(i, main ? this.partitions.get(i).end() : 0);
		}
		return new TopicOffsets(String.valueOf(source.topic()), committed, ends);
	}

	private void requireBroker() {
		if (!this.broker) {
			throw new ScalerException("The broker is down");
		}
	}

	@Override
	public long lag() {
		long lag = 0;
		for (PartitionLog partition : this.partitions) {
			lag += partition.lag();
		}
		return lag;
	}

	@Override
	public int oldestAge(int second) {
		int oldest = 0;
		for (PartitionLog partition : this.partitions) {
			oldest = Math.max(oldest, partition.oldestAge(second));
		}
		return oldest;
	}

	@Override
	public long turnedLate() {
		long late = 0;
		for (PartitionLog partition : this.partitions) {
			late += partition.turnedLate();
		}
		return late;
	}

	@Override
	public int rebalances() {
		return this.group.rebalances();
	}

}
