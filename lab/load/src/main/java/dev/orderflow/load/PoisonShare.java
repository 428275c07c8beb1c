package dev.orderflow.load;

import java.util.Optional;

/**
 * When poison is due, and of which kind: spread evenly among the valid records, with
 * alternating kinds. Thread-safe.
 */
final class PoisonShare {

	private static final PoisonKind[] KINDS = PoisonKind.values();

	private final double perGoodRecord;

	private double due;

	private int sent;

	/**
	 * A share.
	 * @param percent percentage of records that are poison: more than 0, up to 50
	 */
	PoisonShare(double percent) {
		this.perGoodRecord = percent / (100 - percent);
	}

	/** The poison that must follow the valid record just written, if any. */
	synchronized Optional<PoisonKind> next() {
		this.due += this.perGoodRecord;
		if (this.due < 1) {
			return Optional.empty();
		}
		this.due -= 1;
		return Optional.of(KINDS[this.sent++ % KINDS.length]);
	}

}
