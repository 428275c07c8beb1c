package dev.orderflow.carrier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;

/**
 * The simulated carrier in this JVM. It keeps everything in memory, so that a restart
 * forgets all bookings: a shipment that is booked again then is booked a second time.
 */
public final class CarrierServer implements AutoCloseable {

	/** The port on which shipping-service expects it. */
	public static final int PORT = 8089;

	/* Connections that wait until they are accepted: every parallel call of 12 pods. */
	private static final int BACKLOG = 512;

	private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpServer server;

	private CarrierServer(InetSocketAddress address, Behaviour behaviour) {
		try {
			this.server = HttpServer.create(address, BACKLOG);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not listen on " + address, ex);
		}
		this.server.setExecutor(this.calls);
		this.server.createContext("/", new CarrierApi(new Bookings(Clock.systemUTC()), behaviour));
		this.server.start();
	}

	/**
	 * Starts it, reachable from this machine only.
	 * @param port where it listens; 0 for a free one
	 */
	public static CarrierServer start(int port, Behaviour behaviour) {
		return start(InetAddress.getLoopbackAddress(), port, behaviour);
	}

	/** Starts it, reachable at one address of this machine. */
	static CarrierServer start(InetAddress host, int port, Behaviour behaviour) {
		return new CarrierServer(new InetSocketAddress(host, port), behaviour);
	}

	/** Where it listens. */
	public int port() {
		return this.server.getAddress().getPort();
	}

	/** Where this machine reaches it. */
	public URI uri() {
		return URI.create("http://localhost:" + port());
	}

	/** Stops it; calls in flight lose their connections. */
	@Override
	public void close() {
		this.server.stop(0);
		this.calls.shutdownNow();
	}

}
