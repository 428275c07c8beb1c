package dev.orderflow.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.ProtocolHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Lets clients leave before the web server stops. Spring Boot's graceful shutdown closes
 * every idle keep-alive connection at once, also one on which a request is on its way,
 * and that request is lost. Here the port closes first: new connections are refused, the
 * open ones are served on, and each response says {@code Connection: close} (RFC 9112,
 * 9.6). The shutdown goes on once no connection is open, or after the maximum.
 *
 * <p>
 * Limits: a connection that is idle all that time is closed then, and a request that
 * arrives in the same instant gets no answer; a proxy or client that keeps idle
 * connections must repeat such a request, as RFC 9112, 9.3.1 says for idempotent ones. A
 * connection that is being opened while the port closes may be reset, whence the pause
 * before SIGTERM in which load balancers forget a pod.
 */
final class ConnectionDrain implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionDrain.class);

	private final ApplicationContext context;

	private final Duration max;

	private volatile boolean running;

	ConnectionDrain(ApplicationContext context, Duration max) {
		this.context = context;
		this.max = max;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		List<ProtocolHandler> ports = ports();
		// Also makes Tomcat close each connection after its next response.
		ports.forEach(ProtocolHandler::closeServerSocketGraceful);
		long millisLeft = this.max.toMillis();
		for (ProtocolHandler port : ports) {
			millisLeft = port.awaitConnectionsClose(millisLeft);
		}
		if (!ports.isEmpty() && millisLeft <= 0) {
			logger.info("connections still open after {} ms are closed", this.max.toMillis());
		}
	}

	private List<ProtocolHandler> ports() {
		if (this.context instanceof WebServerApplicationContext web
				&& web.getWebServer() instanceof TomcatWebServer server) {
			return Stream.of(server.getTomcat().getService().findConnectors())
				.map(Connector::getProtocolHandler)
				.toList();
		}
		return List.of(); // a test without a web server
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * A port that was closed does not open again: only the end of the process closes it.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	/** Stops just before the web server begins its graceful shutdown. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
	}

}
