package dev.orderflow.analytics;

import java.time.Instant;
import java.util.List;

/** What a process counts, and into which sets of figures. */
public interface Counting {

	/** Name of the handler, by which its markers are kept. */
	String handler();

	/** Whether it counts the orders that were placed in that hour. */
	boolean covers(Instant hour);

	/**
	 * The sets that it writes, in order. They stay the same until the running transaction
	 * ends.
	 */
	List<FigureSet> sets();

}
