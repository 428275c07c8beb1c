package dev.orderflow.cluster;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends one request after another on a connection, on a raw socket, because an HTTP
 * client would hide a broken connection and repeat the request. It reconnects only after
 * {@code Connection: close}, and ends when the port refuses it.
 */
final class KeepAliveClient {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	private static final int IDLE_MILLIS_MAX = 300;

	private final int port;

	private final byte[] request;

	private volatile int answered;

	private int created;

	private boolean endAnnounced;

	/**
	 * A client that is not connected yet.
	 * @param body JSON that it posts
	 */
	KeepAliveClient(int port, String path, String body) {
		this.port = port;
		this.request = """
				POST %s HTTP/1.1\r
				Host: localhost:%d\r
				Content-Type: application/json\r
				Content-Length: %d\r
				\r
				%s""".formatted(path, port, body.getBytes(StandardCharsets.UTF_8).length, body)
			.getBytes(StandardCharsets.UTF_8);
	}

	/** Requests that got a full answer. */
	int answered() {
		return this.answered;
	}

	/** Answers with status 201. */
	int created() {
		return this.created;
	}

	/**
	 * Returns when the port refuses a connection.
	 * @throws IOException a connection broke: it ended without an announcement, or before
	 * a full answer
	 */
	void runUntilRefused() throws IOException {
		while (true) {
			Socket socket;
			try {
				socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
			}
			catch (ConnectException ex) {
				return;
			}
			try (socket) {
				useUntilClosed(socket);
			}
		}
	}

	private void useUntilClosed(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		InputStream input = new BufferedInputStream(socket.getInputStream());
		this.endAnnounced = false;
		while (!this.endAnnounced) {
			socket.getOutputStream().write(this.request);
			socket.setSoTimeout((int) ANSWER_MAX.toMillis());
			readAnswer(input);
			if (!this.endAnnounced) {
				idle(socket, input);
			}
		}
	}

	/** Reads, so that it notices an end without an announcement. */
	private static void idle(Socket socket, InputStream input) throws IOException {
		socket.setSoTimeout(1 + ThreadLocalRandom.current().nextInt(IDLE_MILLIS_MAX));
		try {
			throw new IOException("The idle connection ended without an announcement, read " + input.read());
		}
		catch (SocketTimeoutException ex) {
			// It is still open.
		}
	}

	private void readAnswer(InputStream input) throws IOException {
		String status = readLine(input);
		int length = 0;
		boolean chunked = false;
		for (String header = readLine(input); !header.isEmpty(); header = readLine(input)) {
			String lower = header.toLowerCase(Locale.ROOT);
			this.endAnnounced |= lower.equals("connection: close");
			chunked |= lower.equals("transfer-encoding: chunked");
			length = lower.startsWith("content-length:") ? Integer.parseInt(lower.substring(15).strip()) : length;
		}
		if (chunked) {
			skipChunks(input);
		}
		input.skipNBytes(length);
		this.answered++;
		this.created += status.startsWith("HTTP/1.1 201") ? 1 : 0;
	}

	private static void skipChunks(InputStream input) throws IOException {
		int length;
		do {
			length = Integer.parseInt(readLine(input), 16);
			input.skipNBytes(length);
			readLine(input);
		}
		while (length > 0);
	}

	private static String readLine(InputStream input) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int read = input.read(); read != '\n'; read = input.read()) {
			if (read < 0) {
				throw new EOFException("The connection ended within an answer, after '" + line + "'");
			}
			line.append((char) read);
		}
		return line.toString().strip();
	}

}
