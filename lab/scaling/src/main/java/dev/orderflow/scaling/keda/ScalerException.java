package dev.orderflow.scaling.keda;

/** What a scaler asks is not there, or does not answer. */
public final class ScalerException extends RuntimeException {

	/** With what was expected and what was found. */
	public ScalerException(String message) {
		super(message);
	}

}
