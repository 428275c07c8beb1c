package dev.orderflow.servers;

/** Another process listens on a port that a part of the stack needs. */
public final class PortTakenException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final int port;

	PortTakenException(int port, String owner) {
		super("Port %d, which %s needs, is taken".formatted(port, owner));
		this.port = port;
	}

	/** The port that is taken. */
	public int port() {
		return this.port;
	}

}
