package dev.orderflow.inbox;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Counts the failed tries of one slice and decides what follows from them.
 */
final class Tries {

	enum Next {

		/** The slice is applied. */
		NOTHING,

		/** The same slice, after a pause. */
		AGAIN,

		/** Its halves, one after the other. */
		HALVE,

		/** The record becomes a dead letter. */
		GIVE_UP,

		/** Nothing, until an operator resumes the consumption. */
		PAUSE,

		/** The batch is delivered again when the outage may be over. */
		WAIT

	}

	/** Number of contention failures after which a slice is halved. */
	private static final int CONTENTION_MAX = 3;

	private final boolean single;

	private final int attemptsMax;

	private int contentions;

	private int defects;

	private @Nullable Throwable lastFailure;

	/**
	 * @param single whether the slice has one record, which is then the one at fault
	 */
	Tries(boolean single, int attemptsMax) {
		this.single = single;
		this.attemptsMax = attemptsMax;
	}

	Next after(Failure kind, Throwable failure) {
		this.lastFailure = failure;
		return switch (kind) {
			case OUTAGE -> Next.WAIT;
			case BROKEN_RELEASE -> Next.PAUSE;
			case CONTENTION -> {
				this.contentions++;
				yield (this.contentions < CONTENTION_MAX) ? Next.AGAIN : this.single ? Next.WAIT : Next.HALVE;
			}
			case DEFECT -> {
				this.defects++;
				yield !this.single ? Next.HALVE : (this.defects < this.attemptsMax) ? Next.AGAIN : Next.GIVE_UP;
			}
			case PERMANENT_DEFECT -> {
				this.defects++;
				yield this.single ? Next.GIVE_UP : Next.HALVE;
			}
		};
	}

	/** The cause of the last failed try. */
	Throwable lastFailure() {
		return Objects.requireNonNull(this.lastFailure);
	}

	/** How often the slice was tried. */
	int count() {
		return this.contentions + this.defects;
	}

}
