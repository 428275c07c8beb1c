package dev.orderflow.test.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * A container with one port, which is published on the loopback address only, under a
 * number that stays the same across restarts. It is Testcontainers' generic container,
 * because those for PostgreSQL and Kafka use a new port at each start, and the broker
 * would not receive the signal to end.
 */
final class ServerContainer {

	private static final Duration START_MAX = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(200);

	private static final int STOP_SECONDS_MAX = 15;

	private final GenericContainer<?> container;

	private final Callable<Boolean> ready;

	private ServerContainer(GenericContainer<?> container, Callable<Boolean> ready) {
		this.container = container;
		this.ready = ready;
	}

	/**
	 * Starts a container and returns when it is ready.
	 * @param port on this machine
	 * @param containerPort where the server listens in the container
	 * @param ready whether it is ready; an exception counts as not ready
	 */
	static ServerContainer start(GenericContainer<?> container, int port, int containerPort, Callable<Boolean> ready) {
		ServerContainer started = new ServerContainer(container, ready);
		container.setPortBindings(List.of("127.0.0.1:%d:%d".formatted(port, containerPort)));
		container.waitingFor(new AbstractWaitStrategy() {
			@Override
			protected void waitUntilReady() {
				started.awaitReady();
			}
		});
		container.start();
		return started;
	}

	void stop() {
		this.container.getDockerClient()
			.stopContainerCmd(this.container.getContainerId())
			.withTimeout(STOP_SECONDS_MAX)
			.exec();
	}

	void startAgain() {
		this.container.getDockerClient().startContainerCmd(this.container.getContainerId()).exec();
		awaitReady();
	}

	/** Ends it and removes it with its data. */
	void remove() {
		this.container.stop();
	}

	private void awaitReady() {
		Awaitility.await(this.container.getDockerImageName())
			.atMost(START_MAX)
			.pollInterval(POLL)
			.failFast("The container has ended", () -> !this.container.isRunning())
			.ignoreExceptions()
			.until(this.ready);
	}

}
