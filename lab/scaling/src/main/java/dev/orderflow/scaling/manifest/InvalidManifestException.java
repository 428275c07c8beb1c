package dev.orderflow.scaling.manifest;

/** A manifest that cannot be used; the message names the object and the field's path. */
public final class InvalidManifestException extends RuntimeException {

	/** The message says what was expected and what was found. */
	public InvalidManifestException(String message) {
		super(message);
	}

	InvalidManifestException(String message, Throwable cause) {
		super(message, cause);
	}

}
