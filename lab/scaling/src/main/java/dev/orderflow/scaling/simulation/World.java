package dev.orderflow.scaling.simulation;

import java.util.List;

import dev.orderflow.scaling.keda.Scaler;
import dev.orderflow.scaling.manifest.Trigger;

/** Incoming work, and how the current members process it. */
interface World {

	/** Simulates one second of arrivals and work. */
	void pass(int second, Load load, List<Integer> members);

	/** The scaler that measures this world for a trigger. */
	Scaler.Factory scaler(Trigger trigger);

	/** What is not processed yet. */
	long lag();

	/** How long the oldest unprocessed item has been waiting, in seconds. */
	int oldestAge(int second);

	/** Items that have turned late in this second; called once for each. */
	long turnedLate();

	/** Number of rebalances so far. */
	int rebalances();

}
