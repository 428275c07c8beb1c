package dev.orderflow.load;

import java.util.Optional;

/**
 * When poison is due, and of which kind: evenly between the good records, the kinds in
 * turn. May be asked by several threads.
 */
final class PoisonShare {

	private static final PoisonKind[] KINDS = PoisonKind.values();

	private final double perGoodRecord;

	private double due;

	private int sent;

	/**
	 * A share.
	 * @param percent of a hundred records, how many are poison: more than 0, up to 50
	 */
	PoisonShare(double percent) {
		this.perGoodRecord = percent / (100 - percent);
	}

	/** What is to follow the good record that was written, at most one. */
	synchronized Optional<PoisonKind> next() {
		this.due += this.perGoodRecord;
		if (this.due < 1) {
			return Optional.empty();
		}
		this.due -= 1;
		return Optional.of(KINDS[this.sent++ % KINDS.length]);
	}

}
