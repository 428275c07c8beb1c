package dev.orderflow.scaling.keda;

/** Measures the metric of a trigger. */
public interface Scaler {

	/**
	 * Measures now.
	 * @throws ScalerException if the source does not answer
	 */
	Reading read();

	/** Creates a scaler; its source must already be reachable. */
	interface Factory {

		/**
		 * Creates a scaler without any state.
		 * @throws ScalerException if the source cannot be reached
		 */
		Scaler connect();

	}

}
