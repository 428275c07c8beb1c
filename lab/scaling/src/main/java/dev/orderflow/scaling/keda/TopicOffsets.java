package dev.orderflow.scaling.keda;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Committed offsets of a group and end offsets of a topic's log.
 *
 * @param topic the topic
 * @param committed the group's next offset by partition, {@link #NONE} where it has no
 * commit; a partition is missing if the broker reported nothing about it
 * @param logEnd the next offset of the log by partition; a partition may be missing
 */
public record TopicOffsets(String topic, Map<Integer, Long> committed, SortedMap<Integer, Long> logEnd) {

	/** No commit: {@code invalidOffset}. */
	public static final long NONE = -1;

	public TopicOffsets {
		committed = Map.copyOf(committed);
		logEnd = Collections.unmodifiableSortedMap(new TreeMap<>(logEnd));
	}

}
