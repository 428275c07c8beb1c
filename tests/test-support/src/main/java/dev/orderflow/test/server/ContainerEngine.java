package dev.orderflow.test.server;

import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * The Docker engine of this machine, checked before Testcontainers starts anything:
 * Testcontainers itself would pull missing images, including helper images, and take
 * minutes to fail.
 */
final class ContainerEngine {

	private static final String OTHERWISE = "or leave -Pcontainers out, which needs no engine";

	private ContainerEngine() {
	}

	/**
	 * Fails with one line if the engine or an image is missing.
	 * @param image the server's; that of Testcontainers is added unless it is disabled
	 */
	static void requireImages(String image) {
		boolean withoutRyuk = Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
		require(withoutRyuk ? List.of(image) : List.of(image, Images.RYUK));
	}

	private static void require(List<String> images) {
		DockerClientProviderStrategy way = findWay();
		requireThisMachine(way.getTransportConfig().getDockerHost());
		List<String> missing = images.stream().filter((image) -> !isPresent(image, way.getDockerClient())).toList();
		if (!missing.isEmpty()) {
			throw new IllegalStateException(
					"Docker images are missing: expected %s, missing %s; run `docker pull %s`, %s".formatted(
							String.join(", ", images), String.join(", ", missing),
							String.join("` and `docker pull ", missing), OTHERWISE));
		}
	}

	/* A remote engine would not publish ports on this machine's loopback address. */
	private static void requireThisMachine(URI engine) {
		String host = engine.getHost();
		if (host != null && !List.of("localhost", "127.0.0.1").contains(host)) {
			throw new IllegalStateException("The Docker engine is not on this machine: found %s; start one here, %s"
				.formatted(engine, OTHERWISE));
		}
	}

	/* Tries Testcontainers' own strategies in its order, but skips its next steps. */
	private static DockerClientProviderStrategy findWay() {
		List<DockerClientProviderStrategy> ways = ServiceLoader.load(DockerClientProviderStrategy.class)
			.stream()
			.map(ServiceLoader.Provider::get)
			.toList();
		try {
			return DockerClientProviderStrategy.getFirstValidStrategy(ways);
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException("No Docker engine answers: start one, " + OTHERWISE, ex);
		}
	}

	private static boolean isPresent(String image, DockerClient client) {
		try {
			client.inspectImageCmd(image).exec();
			return true;
		}
		catch (NotFoundException ex) {
			return false;
		}
	}

}
