package dev.orderflow.outage;

/**
 * Another system that a service calls cannot be reached, does not answer in time, or
 * answers that it cannot work now: an outage, which says nothing about the data at hand.
 */
public class UnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * States which system is out.
	 * @param message the system and what it did
	 * @param cause the failure of the call
	 */
	public UnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
