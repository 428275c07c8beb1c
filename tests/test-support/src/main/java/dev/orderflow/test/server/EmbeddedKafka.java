package dev.orderflow.test.server;

import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;

/** {@link KafkaServer} in a directory of its own. */
final class EmbeddedKafka implements TestKafka {

	private final ServerDirectory directory;

	private final int port;

	private KafkaServer server;

	private EmbeddedKafka(ServerDirectory directory, int port) {
		this.directory = directory;
		this.port = port;
		this.server = start(port, directory);
	}

	static EmbeddedKafka startNew() {
		return new EmbeddedKafka(ServerDirectory.create(ServerDirectory.TEMP, "kafka"), Ports.free());
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void stop() {
		this.server.close();
	}

	@Override
	public void start() {
		this.server = start(this.port, this.directory);
	}

	@Override
	public void close() {
		stop();
		this.directory.delete();
	}

	private static KafkaServer start(int port, ServerDirectory directory) {
		return KafkaServer.start(port, directory.data().resolve("data"), directory.log());
	}

}
