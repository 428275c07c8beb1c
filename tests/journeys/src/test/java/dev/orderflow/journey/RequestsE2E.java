package dev.orderflow.journey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orderflow.audit.Cancellations;
import dev.orderflow.audit.OrderTraffic;
import dev.orderflow.demo.Instance;
import dev.orderflow.demo.Stack;
import dev.orderflow.journey.FuzzedRequests.FuzzedRequest;
import dev.orderflow.topology.Service;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: no request makes a service fail, on any port. Method: fuzzed requests, written to
 * sockets byte by byte, to the API and the management port of every service of the whole
 * system; then orders are placed and come through.
 * {@code -Dorderflow.flood.requests=10000} sends more, and {@code -Dorderflow.test.seed}
 * others.
 */
@ExtendWith(WholeSystem.Shared.class)
@Order(Integer.MAX_VALUE - 3)
class RequestsE2E {

	private static final int REQUESTS = Integer.getInteger("orderflow.flood.requests", 1000);

	private static final long SEED = Long.getLong("orderflow.test.seed", 20_261_128L);

	/** A server that cannot do what a request asks for says so with these. */
	private static final Set<Integer> REFUSALS = Set.of(501, 505);

	private static final int CLOSED = 0;

	private static final int SILENT = -1;

	private static final int ANSWER_BYTES_MAX = 4096;

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	private static final Duration BOUND = Duration.ofMinutes(2);

	private static final int ORDERS = 20;

	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([2-9]\\d\\d)[ \r]");

	@Test
	void noServiceFailsOnAFuzzedRequest(WholeSystem system) throws Exception {
		Stack stack = system.stack();
		OrderTraffic traffic = new OrderTraffic(stack.instance("order-service").uri(), SEED, BOUND,
				Cancellations.none());
		traffic.place(ORDERS);
		int ended = stack.ended().size();
		FuzzedRequests requests = new FuzzedRequests(SEED,
				traffic.accepted().stream().map(Object::toString).sorted().toList());
		List<Service> services = stack.topology().services();
		Map<Integer, Integer> statuses = new TreeMap<>();
		List<String> failures = new ArrayList<>();

		for (int i = 0; i < REQUESTS; i++) {
			Instance instance = stack.instance(services.get(i % services.size()).name());
			boolean isApi = i % 3 > 0;
			URI target = isApi ? instance.uri() : instance.managementUri();
			FuzzedRequest request = isApi ? requests.toApi(instance.name()) : requests.toManagement();
			int status = send(target.getPort(), request.bytes());
			statuses.merge(status, 1, Integer::sum);
			boolean isFailure = status == SILENT || (status == CLOSED && request.isWellFormed())
					|| (status >= 500 && !REFUSALS.contains(status));
			if (isFailure) {
				failures.add("request %d to %s: %d to %s".formatted(i, target, status, request));
			}
		}

		System.out.printf("%d requests of seed %d, answers by status (0: closed): %s%n", REQUESTS, SEED, statuses);
		assertThat(failures).as("failures of seed %d", SEED).isEmpty();
		assertThat(stack.ended()).as("ended processes").hasSize(ended);
		stack.running().forEach(Instance::awaitReady);
		traffic.place(ORDERS);
		assertThat(traffic.accepted()).as("orders accepted: refused %s", traffic.refused()).hasSize(2 * ORDERS);
		await("all orders come through").atMost(BOUND).until(() -> stack.reconciler().remaining() == 0);
	}

	/** The status of the final answer. */
	private static int send(int port, byte[] request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(Math.toIntExact(ANSWER_MAX.toMillis()));
			try {
				socket.getOutputStream().write(request);
				socket.shutdownOutput();
			}
			catch (IOException ex) {
				// The server has answered already and reads no further.
			}
			return status(socket.getInputStream());
		}
	}

	private static int status(InputStream stream) {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try {
			byte[] buffer = new byte[ANSWER_BYTES_MAX];
			int read = stream.read(buffer);
			while (read >= 0) {
				answer.write(buffer, 0, read);
				Matcher status = STATUS.matcher(answer.toString(StandardCharsets.ISO_8859_1));
				if (status.find()) {
					return Integer.parseInt(status.group(1));
				}
				read = stream.read(buffer);
			}
			return CLOSED;
		}
		catch (SocketTimeoutException ex) {
			return SILENT;
		}
		catch (IOException ex) {
			return CLOSED;
		}
	}

}
