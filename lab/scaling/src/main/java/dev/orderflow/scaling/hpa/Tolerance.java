package dev.orderflow.scaling.hpa;

/**
 * How far the ratio of usage to target may deviate from 1, bounds included:
 * {@code Tolerances.isWithin} of Kubernetes v1.36.2, {@code replica_calculator.go}.
 *
 * @param down below 1
 * @param up above 1
 */
record Tolerance(double down, double up) {

	boolean holds(double ratio) {
		return (1 - this.down) <= ratio && ratio <= (1 + this.up);
	}

}
