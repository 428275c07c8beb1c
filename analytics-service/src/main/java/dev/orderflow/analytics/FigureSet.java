package dev.orderflow.analytics;

import java.util.Locale;

/**
 * One of the two sets of tables that hold the figures: one serves, the other is empty, is
 * being rebuilt, or stands by.
 */
public enum FigureSet {

	A, B;

	/** The set's own table of that kind. */
	public String table(String kind) {
		return kind + "_" + name().toLowerCase(Locale.ROOT);
	}

}
