package dev.orderflow.testservice;

/**
 * Data of the test's events.
 *
 * @param amount 1 or more
 */
public record Thing(String name, int amount) {

	public Thing {
		if (amount < 1) {
			throw new IllegalArgumentException("Expected an amount of 1 or more, found " + amount);
		}
	}

}
