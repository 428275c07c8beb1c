package dev.orderflow.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import dev.orderflow.problem.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/** Admits whoever knows the token of this service's operators. */
final class OperatorCredential {

	private static final String SCHEME = "Bearer ";

	private final byte @Nullable [] token;

	OperatorCredential(@Nullable String token) {
		this.token = (token != null) ? token.getBytes(StandardCharsets.UTF_8) : null;
	}

	/**
	 * Refuses a request with status 401 if its credential is missing or wrong, or with
	 * 403 if no credential would do. The time of the comparison does not tell how much of
	 * a wrong token is right.
	 * @param authorization the header of that name
	 */
	void require(@Nullable String authorization) {
		if (this.token == null) {
			throw Problems.refused(HttpStatus.FORBIDDEN, "operators-disabled",
					"This service has no operator token: set orderflow.operator.token, or the environment variable "
							+ "ORDERFLOW_OPERATOR_TOKEN, to a secret of 8 to 200 characters and restart it");
		}
		boolean isRight = authorization != null && authorization.startsWith(SCHEME) && MessageDigest
			.isEqual(authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8), this.token);
		if (!isRight) {
			throw Problems.refused(HttpStatus.UNAUTHORIZED, "operator-unknown",
					"The operator token is missing or wrong: expected the header Authorization: Bearer <token>, with "
							+ "the value of the service's orderflow.operator.token");
		}
	}

}
