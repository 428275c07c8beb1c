package dev.orderflow.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on this machine. A free port may be taken a moment later: a start that loses that
 * race fails with a message.
 */
public final class Ports {

	/*
	 * Below the ephemeral port range (from 32768 on Linux). From that range, a client
	 * that waits for a stopped server could get the server's own port and connect to
	 * itself. A service's management port is higher than its own, and below that range
	 * too.
	 */
	private static final int FREE_FIRST = 15_000;

	private static final int FREE_LAST = 31_000;

	private static final int ATTEMPTS_MAX = 200;

	private static final int CONNECT_MILLIS_MAX = 500;

	private Ports() {
	}

	/** A port that nobody listens on. */
	public static int free() {
		for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FREE_FIRST, FREE_LAST);
			if (isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException(
				"No free port from %d to %d in %d attempts".formatted(FREE_FIRST, FREE_LAST, ATTEMPTS_MAX));
	}

	/** Whether a server could listen on the port, on every interface. */
	public static boolean isFree(int port) {
		if (answers(port)) {
			return false;
		}
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Refuses a port that is taken.
	 * @param owner who needs the port, for the message
	 */
	public static void requireFree(int port, String owner) {
		if (!isFree(port)) {
			throw new PortTakenException(port, owner);
		}
	}

	/*
	 * On some systems one can bind to all addresses although a server listens on the
	 * loopback address, so try to connect first.
	 */
	private static boolean answers(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS_MAX);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
