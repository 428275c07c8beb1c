package dev.orderflow.scaling.keda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Offsets of topic orders for tests. */
final class Offsets {

	private Offsets() {
	}

	/** Partitions from 0 on, each committed at 0 and with this lag. */
	static List<TopicOffsets> lags(long... lags) {
		Map<Integer, Long> committed = new HashMap<>();
		TreeMap<Integer, Long> logEnd = new TreeMap<>();
		for (int i = 0; i < lags.length; i++) {
			committed.put(i, 0L);
			logEnd.put(i, lags[i]);
		}
		return List.of(new TopicOffsets("orders", committed, logEnd));
	}

	/** So many partitions, the lag spread over them as evenly as it goes. */
	static List<TopicOffsets> spread(int partitions, long lag) {
		long[] lags = new long[partitions];
		for (int i = 0; i < partitions; i++) {
			lags[i] = lag / partitions + ((i < lag % partitions) ? 1 : 0);
		}
		return lags(lags);
	}

	/** So many partitions without a commit, each with this many records. */
	static List<TopicOffsets> uncommitted(int partitions, long logEnd) {
		Map<Integer, Long> committed = new HashMap<>();
		TreeMap<Integer, Long> ends = new TreeMap<>();
		for (int i = 0; i < partitions; i++) {
			committed.put(i, TopicOffsets.NONE);
			ends.put(i, logEnd);
		}
		return List.of(new TopicOffsets("orders", committed, ends));
	}

	/** One partition. */
	static TopicOffsets one(long committed, long logEnd) {
		return new TopicOffsets("orders", Map.of(0, committed), new TreeMap<>(Map.of(0, logEnd)));
	}

}
