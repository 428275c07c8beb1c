package dev.orderflow.orders.http;

import dev.orderflow.orders.idempotency.IdempotencyKey;
import dev.orderflow.problem.WrongValueException;

import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/**
 * Refuses a request with several keys: without this, Spring MVC takes the first one.
 */
@Component
class OneKey implements Converter<String[], IdempotencyKey> {

	@Override
	public IdempotencyKey convert(String[] headers) {
		if (headers.length != 1) {
			throw new WrongValueException(IdempotencyKey.EXPECTED);
		}
		return new IdempotencyKey(headers[0]);
	}

}
