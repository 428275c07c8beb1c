package dev.orderflow.deadletter;

/** How processing closed a redriven dead letter. */
public enum Resolution {

	/** The event took effect now. */
	APPLIED,

	/** The event had taken effect before, from another record: its marker existed. */
	ALREADY_APPLIED,

	/** The handler no longer takes events of this type. */
	SKIPPED

}
