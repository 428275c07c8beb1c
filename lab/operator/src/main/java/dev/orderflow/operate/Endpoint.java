package dev.orderflow.operate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The endpoint {@code deadletters} of one service. A call waits 30 s at most, longer than
 * the service lets a statement take.
 */
final class Endpoint {

	/** Exit code when the service does not answer. */
	static final int UNREACHABLE = 3;

	/** Exit code when the service refuses. */
	static final int REFUSED = 4;

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final URI base;

	private final String token;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

	private Endpoint(URI base, String token) {
		this.base = base;
		this.token = token;
	}

	/**
	 * Finds a service.
	 * @param service name of a service of {@code services.yaml} on this machine, or the
	 * URL of a management port
	 * @param token the operator's credential; null for the demo's, which is sent to this
	 * machine only
	 */
	static Endpoint of(String service, @Nullable String token) {
		URI url = service.contains("://") ? parse(service) : urlOf(service);
		if (token == null && !isLoopback(url)) {
			throw new RefusedException(REFUSED,
					"No operator token for %s: set --token or ORDERFLOW_OPERATOR_TOKEN to the service's orderflow.operator.token"
						.formatted(url));
		}
		String path = (url.getPath() == null) ? "" : url.getPath().replaceAll("/+$", "");
		return new Endpoint(
				URI.create("%s://%s%s/actuator/deadletters".formatted(url.getScheme(), url.getAuthority(),
						path.replaceAll("/actuator(/deadletters)?$", ""))),
				(token != null) ? token : Topology.DEMO_OPERATOR_TOKEN);
	}

	private static URI urlOf(String name) {
		try {
			int port = Topology.load().service(name).port() + Service.MANAGEMENT_OFFSET;
			return URI.create("http://localhost:" + port);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedException(2, ex.getMessage() + ", or the URL of a management port");
		}
	}

	private static URI parse(String url) {
		try {
			URI uri = new URI(url);
			if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			// As if it had no host.
		}
		throw new RefusedException(2, "Not a URL: expected one like http://localhost:9081, found " + url);
	}

	private static boolean isLoopback(URI url) {
		try {
			return InetAddress.getByName(url.getHost()).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	JsonNode get(String path) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path)).GET());
	}

	JsonNode post(String path, ObjectNode body) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
	}

	private JsonNode send(HttpRequest.Builder request) {
		HttpResponse<String> response = exchange(request.header("Authorization", "Bearer " + this.token)
			.header("Accept", "application/json, application/problem+json")
			.timeout(ANSWER_MAX)
			.build());
		JsonNode body = parseBody(response);
		if (response.statusCode() == 200) {
			return body;
		}
		throw new RefusedException(REFUSED, explain(response.statusCode(), body));
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new RefusedException(UNREACHABLE,
					"No answer from %s: is the service running, and is this its management port? In a cluster: kubectl "
						.formatted(this.base)
							+ "-n orderflow port-forward deploy/<service>-api 9081:<management port>");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RefusedException(UNREACHABLE, "Interrupted");
		}
	}

	private JsonNode parseBody(HttpResponse<String> response) {
		try {
			return JSON.readTree(response.body());
		}
		catch (JacksonException ex) {
			return JSON.createObjectNode();
		}
	}

	/**
	 * What the problem says; a path that is not there is a process without this endpoint.
	 */
	private String explain(int status, JsonNode problem) {
		if (!problem.has("detail")) {
			return "%s answers %d: expected the management port of a service with the role api or all"
				.formatted(this.base, status);
		}
		String errors = StreamSupport.stream(problem.path("errors").spliterator(), false)
			.map((error) -> "%n  %s: %s".formatted(error.path("field").asString(), error.path("message").asString()))
			.collect(Collectors.joining());
		return problem.path("detail").asString() + errors;
	}

}
