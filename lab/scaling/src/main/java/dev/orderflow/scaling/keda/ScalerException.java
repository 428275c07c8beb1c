package dev.orderflow.scaling.keda;

/** The source of a scaler is missing or does not answer. */
public final class ScalerException extends RuntimeException {

	/** The message says what was expected and what was found. */
	public ScalerException(String message) {
		super(message);
	}

}
