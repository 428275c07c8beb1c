package dev.orderflow.problem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Rejects a request body over 64 KiB by counting its bytes, because a chunked one does
 * not declare its length; no more than that is held in memory.
 */
@ControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {

	private static final DataSize BODY_SIZE_MAX = DataSize.ofKilobytes(64);

	@Override
	public boolean supports(MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return true;
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) throws IOException {
		int bytesMax = Math.toIntExact(BODY_SIZE_MAX.toBytes());
		byte[] body = message.getBody().readNBytes(bytesMax + 1);
		if (body.length > bytesMax) {
			throw Problems.bodyTooLarge(BODY_SIZE_MAX);
		}
		return new Body(message.getHeaders(), new ByteArrayInputStream(body));
	}

	private record Body(HttpHeaders headers, InputStream stream) implements HttpInputMessage {

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public InputStream getBody() {
			return this.stream;
		}

	}

}
