package dev.orderflow.faults;

import java.time.Duration;

/**
 * A fault of a plan.
 *
 * @param pause how long the system works before it
 * @param hold how long it lasts
 */
record PlannedFault(Fault fault, String subject, Duration pause, Duration hold) {

	@Override
	public String toString() {
		return this.fault.name() + " " + this.subject;
	}

}
