package dev.orderflow.outbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.orderflow.outbox.WaitingRow.OrderedBy;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were handed to the producer and are not answered yet, bounded in number
 * and bytes.
 *
 * <p>
 * The window holds at most one row per key, so that no later record overtakes one of its
 * key that the broker refuses; a backlog of a single key drains at one record per round
 * trip. A topic may hold half of the window and a partition an eighth: a stalled topic or
 * partition keeps its share, and the others continue. Two stalled topics, or eight
 * stalled partitions of several topics, stop all publishing.
 */
final class Window {

	private static final int TOPICS = 2;

	private static final int PARTITIONS = 8;

	private final int rowsMax;

	private final long bytesMax;

	private final Map<Long, Placed> rows = new HashMap<>();

	private final Set<OrderedBy> keys = new HashSet<>();

	private final Map<String, Held> byTopic = new HashMap<>();

	private final Map<Partition, Held> byPartition = new HashMap<>();

	private int giants;

	private Held all = Held.NOTHING;

	Window(int rowsMax, long bytesMax) {
		this.rowsMax = rowsMax;
		this.bytesMax = bytesMax;
	}

	/** Whether it is worth reading more rows. */
	boolean hasRoomFor(int moreRows) {
		return this.rows.isEmpty() || (this.all.rows + moreRows <= this.rowsMax
				&& this.all.bytes <= this.bytesMax - this.bytesMax / PARTITIONS);
	}

	/**
	 * Adds the row if it fits. A row larger than a share fits if that share is empty. A
	 * row larger than the window is added on top of the others, one such row at a time: a
	 * steady stream of rows, or one stalled row, would otherwise keep it waiting forever.
	 */
	boolean offer(WaitingRow row, Partition partition) {
		if (row.orderedBy().hasKey() && this.keys.contains(row.orderedBy())) {
			return false;
		}
		boolean fits = isGiant(row) ? this.giants == 0
				: this.all.bytes + row.heldBytes() <= this.bytesMax
						&& hasShare(this.byTopic.get(row.topic()), row, TOPICS)
						&& hasShare(this.byPartition.get(partition), row, PARTITIONS);
		if (fits) {
			this.rows.put(row.id(), new Placed(row, partition));
			this.keys.add(row.orderedBy());
			hold(row, partition, 1);
		}
		return fits;
	}

	private boolean isGiant(WaitingRow row) {
		return row.heldBytes() > this.bytesMax;
	}

	private boolean hasShare(@Nullable Held held, WaitingRow row, int shares) {
		return held == null || held.rows == 0
				|| (held.rows < this.rowsMax / shares && held.bytes + row.heldBytes() <= this.bytesMax / shares);
	}

	private void hold(WaitingRow row, Partition partition, int rows) {
		if (isGiant(row)) {
			this.giants += rows;
			return;
		}
		Held change = new Held(rows, rows * row.heldBytes());
		this.all = this.all.plus(change);
		this.byTopic.merge(row.topic(), change, Held::plus);
		this.byPartition.merge(partition, change, Held::plus);
	}

	/** Removes a row that is answered, or was not sent after all. */
	WaitingRow remove(long id) {
		Placed placed = this.rows.remove(id);
		if (placed == null) {
			throw new IllegalStateException("Row " + id + " is not in flight: it was answered before");
		}
		WaitingRow row = placed.row();
		this.keys.remove(row.orderedBy());
		hold(row, placed.partition(), -1);
		return row;
	}

	Set<Long> ids() {
		return this.rows.keySet();
	}

	int size() {
		return this.rows.size();
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	/** The partition of a record; the number is -1 for a record without a key. */
	record Partition(String topic, int number) {
	}

	private record Placed(WaitingRow row, Partition partition) {
	}

	private record Held(int rows, long bytes) {

		private static final Held NOTHING = new Held(0, 0);

		Held plus(Held other) {
			return new Held(this.rows + other.rows, this.bytes + other.bytes);
		}

	}

}
