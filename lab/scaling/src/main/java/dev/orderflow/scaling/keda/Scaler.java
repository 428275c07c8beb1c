package dev.orderflow.scaling.keda;

/** Measures what a trigger names. */
public interface Scaler {

	/**
	 * Measures now.
	 * @throws ScalerException if what is asked does not answer
	 */
	Reading read();

	/** Makes a scaler, which needs what is asked to be there already. */
	interface Factory {

		/**
		 * A new scaler that remembers nothing.
		 * @throws ScalerException if what is asked cannot be reached
		 */
		Scaler connect();

	}

}
