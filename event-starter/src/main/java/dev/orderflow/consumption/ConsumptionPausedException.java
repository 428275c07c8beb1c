package dev.orderflow.consumption;

/**
 * The consumption is paused: nothing may be processed or set aside until an operator
 * resumes it.
 */
public final class ConsumptionPausedException extends RuntimeException {

	/** Names who paused the consumption, since when and why. */
	public ConsumptionPausedException(Pause pause) {
		super("Consumption is paused since %s by %s: %s".formatted(pause.at(), pause.by(), pause.reason()));
	}

}
