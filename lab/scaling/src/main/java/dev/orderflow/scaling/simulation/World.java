package dev.orderflow.scaling.simulation;

import java.util.List;

import dev.orderflow.scaling.keda.Scaler;
import dev.orderflow.scaling.manifest.Trigger;

/** What comes in, and what becomes of it while there are so many members. */
interface World {

	/** One second: something comes in, and the members work. */
	void pass(int second, Load load, List<Integer> members);

	/** What a trigger measures of it. */
	Scaler.Factory scaler(Trigger trigger);

	/** What is not done yet. */
	long lag();

	/** How long the oldest of it has been waiting, in seconds. */
	int oldestAge(int second);

	/** How often partitions were shared anew. */
	int rebalances();

}
