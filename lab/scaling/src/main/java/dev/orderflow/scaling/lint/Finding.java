package dev.orderflow.scaling.lint;

/**
 * A trap that was found.
 *
 * @param trap which one
 * @param object name of the ScaledObject, or of the file
 * @param message what was expected and what was found
 */
public record Finding(Trap trap, String object, String message) {

	@Override
	public String toString() {
		return this.object + ": " + this.trap + ": " + this.message;
	}

}
