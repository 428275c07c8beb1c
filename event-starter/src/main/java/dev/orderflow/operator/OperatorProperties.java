package dev.orderflow.operator;

import dev.orderflow.settings.Bounds;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of what operators may do.
 *
 * @param token the credential that operators send, 8 to 200 characters; without one every
 * request is refused
 */
@ConfigurationProperties("orderflow.operator")
public record OperatorProperties(@Nullable String token) {

	public OperatorProperties {
		token = (token == null || token.isBlank()) ? null : token;
		if (token != null) {
			Bounds.require("Length of orderflow.operator.token", token.length(), 8, 200);
		}
	}

	/** Without the token. */
	@Override
	public String toString() {
		return "OperatorProperties[token=%s]".formatted((this.token != null) ? "***" : "none");
	}

}
