package dev.orderflow.test.server;

import java.nio.file.Path;

import dev.orderflow.servers.Ports;
import dev.orderflow.servers.PostgresServer;

/** {@link PostgresServer} in a directory of its own. */
final class EmbeddedPostgres implements TestPostgres {

	/*
	 * At its next start, PostgreSQL's library stops the servers in this directory whose
	 * JVM was killed.
	 */
	private static final Path SWEPT = ServerDirectory.TEMP.resolve("embedded-pg");

	private final ServerDirectory directory;

	private PostgresServer server;

	private boolean running = true;

	private EmbeddedPostgres(ServerDirectory directory, PostgresServer server) {
		this.directory = directory;
		this.server = server;
	}

	static EmbeddedPostgres startNew() {
		ServerDirectory directory = ServerDirectory.create(SWEPT, "postgres");
		return new EmbeddedPostgres(directory, start(Ports.free(), directory));
	}

	@Override
	public int port() {
		return this.server.port();
	}

	@Override
	public void stop() {
		this.server.close();
		this.running = false;
	}

	@Override
	public void start() {
		this.server = start(port(), this.directory);
		this.running = true;
	}

	@Override
	public void close() {
		if (this.running) {
			stop();
		}
		this.directory.delete();
	}

	private static PostgresServer start(int port, ServerDirectory directory) {
		return PostgresServer.start(port, directory.data(), directory.log());
	}

}
