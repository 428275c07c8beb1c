package dev.orderflow.carrier;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request over HTTP. What it lacks or has too much of is a
 * {@link RefusedRequestException}.
 */
record Request(HttpExchange exchange, JsonMapper json) {

	/** Room for a booking of {@value Parcel#PARCELS_MAX} parcels. */
	static final int BODY_BYTES_MAX = 512 * 1024;

	/*
	 * So much more is read, because a client that still writes does not see the answer.
	 */
	private static final int DRAINED_BYTES_MAX = 4 * BODY_BYTES_MAX;

	String method() {
		return this.exchange.getRequestMethod();
	}

	/** The segments of the path, as they came. */
	List<String> path() {
		return List.of(this.exchange.getRequestURI().getRawPath().substring(1).split("/", -1));
	}

	/** The parameters of the query, of which only the named ones may be there. */
	Map<String, String> query(Set<String> names) {
		Map<String, String> values = new HashMap<>();
		String query = this.exchange.getRequestURI().getRawQuery();
		for (String parameter : (query != null) ? query.split("&") : new String[0]) {
			String[] parts = parameter.split("=", 2);
			if (parts.length < 2 || !names.contains(parts[0])) {
				throw new RefusedRequestException(400,
						"Query: expected %s, each with a value, found '%s'".formatted(sorted(names), parameter));
			}
			values.put(parts[0], parts[1]);
		}
		return values;
	}

	<T> T body(Class<T> type) throws IOException {
		byte[] bytes = bytes();
		try {
			T body = this.json.readValue(bytes, type);
			if (body == null) {
				throw new RefusedRequestException(400, "Body: expected an object, found null");
			}
			return body;
		}
		catch (JacksonException ex) {
			throw new RefusedRequestException(400, detail(ex));
		}
	}

	private byte[] bytes() throws IOException {
		InputStream body = this.exchange.getRequestBody();
		byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
		if (bytes.length > BODY_BYTES_MAX) {
			body.readNBytes(DRAINED_BYTES_MAX);
			throw new RefusedRequestException(413,
					"Body: expected at most %d bytes, found more".formatted(BODY_BYTES_MAX));
		}
		return bytes;
	}

	private static String detail(JacksonException ex) {
		if (ex.getCause() instanceof IllegalArgumentException invalid) {
			return String.valueOf(invalid.getMessage());
		}
		String field = ex.getPath()
			.stream()
			.map((reference) -> (reference.getPropertyName() != null) ? reference.getPropertyName()
					: Integer.toString(reference.getIndex()))
			.collect(Collectors.joining("."));
		return "%s: %s".formatted(field.isEmpty() ? "Body" : field,
				ex.getOriginalMessage().replace(Request.class.getPackageName() + ".", ""));
	}

	/** The id of a shipment, in the form that every UUID is written in. */
	static UUID shipmentId(String text) {
		try {
			UUID id = UUID.fromString(text);
			if (id.toString().equalsIgnoreCase(text)) {
				return id;
			}
		}
		catch (IllegalArgumentException ex) {
			// Refused below, as the short forms that UUID accepts.
		}
		throw new RefusedRequestException(400, "Shipment id: expected a UUID, found '%s'".formatted(text));
	}

	static List<String> sorted(Set<String> names) {
		return names.stream().sorted().toList();
	}

}
