package dev.orderflow.test;

import java.util.function.Supplier;

import dev.orderflow.test.server.TestServer;
import org.jspecify.annotations.Nullable;

/**
 * A server that starts when it is first asked for, and is closed when the JVM ends.
 *
 * @param <S> the kind of server
 */
final class SharedServer<S extends TestServer> {

	private final Supplier<S> starter;

	private @Nullable S server;

	SharedServer(Supplier<S> starter) {
		this.starter = starter;
	}

	synchronized S get() {
		S running = this.server;
		if (running == null) {
			running = this.starter.get();
			this.server = running;
			closeAtEnd(running);
		}
		return running;
	}

	private static void closeAtEnd(TestServer server) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				server.close();
			}
			catch (RuntimeException ex) {
				System.err.println("Could not close " + server + ": " + ex);
			}
		}, "test-server-close"));
	}

}
