package dev.orderflow.test.server;

/**
 * A server that a test may stop and start again. It keeps its port and its data until it
 * is closed.
 */
public interface TestServer extends AutoCloseable {

	/** Asks it to end, as an operator would, and returns when it is gone. */
	void stop();

	/** Starts a stopped server and returns when it is ready. */
	void start();

	/** Ends it and deletes its data. */
	@Override
	void close();

}
