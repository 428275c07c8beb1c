package dev.orderflow.deadletter;

/** Where a dead letter stands; the names are those in the table. */
public enum LetterState {

	/** Not processed, and waiting for somebody to decide. */
	OPEN,

	/** On its way back to the consumer: in the outbox, or on the replay topic. */
	REDRIVEN,

	/** Set aside by an operator, or after too many redrives. */
	PARKED,

	/** Redriven and processed; the row is deleted after its retention. */
	RESOLVED,

	/** Given up; its payload is erased, and the row is deleted after its retention. */
	PURGED

}
