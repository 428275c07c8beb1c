package dev.orderflow.carrier;

/** A request that is not as the API expects it. */
final class RefusedRequestException extends RuntimeException {

	private final int status;

	RefusedRequestException(int status, String detail) {
		super(detail);
		this.status = status;
	}

	Answer answer() {
		return Answer.problem(this.status, String.valueOf(getMessage()));
	}

}
