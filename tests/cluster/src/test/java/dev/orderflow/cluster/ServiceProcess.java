package dev.orderflow.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.orderflow.servers.ChildProcess;
import dev.orderflow.servers.Ports;

/** A service as it is shipped, on free ports. */
final class ServiceProcess implements AutoCloseable {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final ChildProcess process;

	private final int port;

	private final int managementPort;

	private ServiceProcess(ChildProcess process, int port, int managementPort) {
		this.process = process;
		this.port = port;
		this.managementPort = managementPort;
	}

	/**
	 * Starts one and does not wait for it.
	 * @param settings as Spring properties; they go as environment variables, as in the
	 * cluster
	 */
	static ServiceProcess start(String service, Path log, Map<String, String> settings) {
		int port = Ports.free();
		int managementPort = Ports.free();
		List<String> command = List.of(ChildProcess.javaExecutable(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-Xmx256m", "-jar", ROOT.resolve(service).resolve("target").resolve(service + "-exec.jar").toString(),
				"--server.port=" + port, "--management.server.port=" + managementPort);
		Map<String, String> environment = new HashMap<>();
		settings.forEach((name, value) -> environment.put(variable(name), value));
		return new ServiceProcess(ChildProcess.start(service, command, environment, log), port, managementPort);
	}

	private static String variable(String property) {
		return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
	}

	ChildProcess process() {
		return this.process;
	}

	int port() {
		return this.port;
	}

	HttpResponse<String> get(String path) {
		return get(this.port, path);
	}

	/** What the readiness probe would see; zero while nobody answers. */
	int readiness() {
		try {
			return get(this.managementPort, "/actuator/health/readiness").statusCode();
		}
		catch (IllegalStateException ex) {
			return 0;
		}
	}

	private static HttpResponse<String> get(int port, String path) {
		URI uri = URI.create("http://localhost:" + port + path);
		try {
			return HTTP.send(HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException("No answer from " + uri, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + uri, ex);
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

}
