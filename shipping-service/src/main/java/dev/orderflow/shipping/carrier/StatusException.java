package dev.orderflow.shipping.carrier;

import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClientException;

/**
 * The carrier answered with another status than 2xx. It does not have the answer's text,
 * which may be long and may repeat the address.
 */
final class StatusException extends RestClientException {

	private static final long serialVersionUID = 1L;

	private final int status;

	StatusException(HttpMethod method, int status) {
		super("Expected status 2xx of a %s, found %d".formatted(method, status));
		this.status = status;
	}

	int status() {
		return this.status;
	}

}
