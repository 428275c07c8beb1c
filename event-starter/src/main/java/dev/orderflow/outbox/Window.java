package dev.orderflow.outbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.orderflow.outbox.WaitingRow.OrderedBy;

/**
 * The rows that were handed to the producer and are not answered yet, bounded in number
 * and bytes.
 *
 * <p>
 * Of one key there is at most one, so that a record the broker refuses cannot be
 * overtaken by a later one of its key. One partition may hold an eighth of the window: a
 * partition that cannot take records keeps its share for as long as it is stalled, and
 * the others go on. With eight stalled partitions nothing goes on.
 */
final class Window {

	private static final int SHARES = 8;

	private final int rowsMax;

	private final long bytesMax;

	private final Map<Long, Placed> rows = new HashMap<>();

	private final Set<OrderedBy> keys = new HashSet<>();

	private final Map<Partition, Share> shares = new HashMap<>();

	private long bytes;

	Window(int rowsMax, long bytesMax) {
		this.rowsMax = rowsMax;
		this.bytesMax = bytesMax;
	}

	/** Whether it is worth reading more rows. */
	boolean hasRoomFor(int moreRows) {
		return this.rows.isEmpty() || (this.rows.size() + moreRows <= this.rowsMax
				&& this.bytes <= this.bytesMax - this.bytesMax / SHARES);
	}

	/**
	 * Takes the row if it fits. A row that is larger than the window fits into an empty
	 * one.
	 */
	boolean offer(WaitingRow row, Partition partition) {
		if (row.orderedBy().hasKey() && this.keys.contains(row.orderedBy())) {
			return false;
		}
		Share share = this.shares.getOrDefault(partition, Share.NONE);
		boolean fits = this.rows.isEmpty() || (this.bytes + row.bytes() <= this.bytesMax && (share.rows == 0
				|| (share.rows < this.rowsMax / SHARES && share.bytes + row.bytes() <= this.bytesMax / SHARES)));
		if (fits) {
			this.rows.put(row.id(), new Placed(row, partition));
			this.keys.add(row.orderedBy());
			this.shares.put(partition, share.plus(1, row.bytes()));
			this.bytes += row.bytes();
		}
		return fits;
	}

	/** Lets a row go: it is answered, or was not sent after all. */
	WaitingRow remove(long id) {
		Placed placed = this.rows.remove(id);
		if (placed == null) {
			throw new IllegalStateException("Expected row " + id + " in flight, found it answered before");
		}
		WaitingRow row = placed.row();
		this.keys.remove(row.orderedBy());
		this.shares.computeIfPresent(placed.partition(), (partition, share) -> share.plus(-1, -row.bytes()));
		this.bytes -= row.bytes();
		return row;
	}

	Set<Long> ids() {
		return this.rows.keySet();
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	/** Where the broker keeps a record; -1 where the key does not tell. */
	record Partition(String topic, int number) {
	}

	private record Placed(WaitingRow row, Partition partition) {
	}

	private record Share(int rows, long bytes) {

		private static final Share NONE = new Share(0, 0);

		Share plus(int moreRows, long moreBytes) {
			return new Share(this.rows + moreRows, this.bytes + moreBytes);
		}

	}

}
