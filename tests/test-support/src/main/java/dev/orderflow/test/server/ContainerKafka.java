package dev.orderflow.test.server;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import dev.orderflow.servers.BrokerSettings;
import dev.orderflow.servers.Ports;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.testcontainers.containers.GenericContainer;

/** Kafka in a container, with the settings of the embedded one. */
final class ContainerKafka implements TestKafka {

	private static final int CONTROLLER_PORT = 9093;

	private static final String ANSWER_MILLIS_MAX = "2000";

	private final int port;

	private final ServerContainer container;

	private ContainerKafka(int port, ServerContainer container) {
		this.port = port;
		this.container = container;
	}

	static ContainerKafka startNew() {
		ContainerEngine.requireImages(Images.KAFKA);
		int port = Ports.free();
		GenericContainer<?> container = new GenericContainer<>(Images.KAFKA).withEnv(environment(port));
		return new ContainerKafka(port,
				ServerContainer.start(container, port, port, () -> isReady("localhost:" + port)));
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void stop() {
		this.container.stop();
	}

	@Override
	public void start() {
		this.container.startAgain();
	}

	@Override
	public void close() {
		this.container.remove();
	}

	/*
	 * The image reads a setting from a variable: group.min.size is KAFKA_GROUP_MIN_SIZE.
	 */
	private static Map<String, String> environment(int port) {
		Map<String, String> settings = new HashMap<>(BrokerSettings.common());
		settings.putAll(BrokerSettings.network("0.0.0.0", port, CONTROLLER_PORT));
		Map<String, String> environment = new HashMap<>(Map.of("CLUSTER_ID", Uuid.randomUuid().toString()));
		settings.forEach(
				(name, value) -> environment.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
		return environment;
	}

	private static boolean isReady(String bootstrapServers) throws ExecutionException, InterruptedException {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
				AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS_MAX,
				AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS_MAX))) {
			return !admin.describeCluster().nodes().get().isEmpty();
		}
	}

}
