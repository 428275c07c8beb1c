package dev.orderflow.operator;

import java.util.Set;

import dev.orderflow.deadletter.LetterState;

import static dev.orderflow.deadletter.LetterState.OPEN;
import static dev.orderflow.deadletter.LetterState.PARKED;
import static dev.orderflow.deadletter.LetterState.REDRIVEN;

/**
 * What an operator decides about dead letters. Letters in other states stay as they are.
 */
enum LetterAction {

	/** Sends the letter back to the consumer that set it aside. */
	REDRIVE(Set.of(OPEN), Set.of(OPEN), "state = 'REDRIVEN', redrives = redrives + 1"),

	/** Sets the letter aside: it counts as open no longer. */
	PARK(Set.of(OPEN), Set.of(OPEN), "state = 'PARKED'"),

	/**
	 * Opens a parked letter again, and by its id or state a redriven one whose record got
	 * lost.
	 */
	RESUME(Set.of(PARKED, REDRIVEN), Set.of(PARKED), "state = 'OPEN'"),

	/** Gives the letter up: its payload is erased, which nothing undoes. */
	PURGE(Set.of(OPEN, PARKED), Set.of(OPEN, PARKED), "state = 'PURGED', settled_at = :now, payload = null");

	private final Set<LetterState> from;

	private final Set<LetterState> byDefault;

	private final String change;

	LetterAction(Set<LetterState> from, Set<LetterState> byDefault, String change) {
		this.from = from;
		this.byDefault = byDefault;
		this.change = change;
	}

	/** The states of letters that it changes. */
	Set<LetterState> from() {
		return this.from;
	}

	/** Those of a search that names no state. */
	Set<LetterState> byDefault() {
		return this.byDefault;
	}

	/** The columns that it sets, as SQL. */
	String change() {
		return this.change;
	}

}
