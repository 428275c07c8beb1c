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
 * Of one key there is at most one, so that a record the broker refuses cannot be
 * overtaken by a later one of its key; a backlog of one key alone drains a record a round
 * trip. A topic may hold half of the window and a partition an eighth: those that cannot
 * take records keep their share for as long as they are stalled, and the others go on.
 * Nothing goes on with two stalled topics or eight stalled partitions of several topics.
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
	 * Takes the row if it fits. A row that is larger than a share fits where the share is
	 * empty. One that is larger than the window is taken beside the others, one such row
	 * at a time: an empty window would never come in a stream of rows, or beside one
	 * stalled row.
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

	/** Lets a row go: it is answered, or was not sent after all. */
	WaitingRow remove(long id) {
		Placed placed = this.rows.remove(id);
		if (placed == null) {
			throw new IllegalStateException("Expected row " + id + " in flight, found it answered before");
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

	/** Where the broker keeps a record; -1 where the key does not tell. */
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
