package dev.orderflow.orders.http;

import java.io.IOException;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.spring.mvc.CloudEventHttpMessageConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;

/**
 * Writes a CloudEvent as an HTTP answer, in both content modes. cloudevents-spring always
 * writes binary mode, whatever the client accepts. It cannot read on Spring Framework 7,
 * whose {@code HttpHeaders} is no longer a map, but nothing is read here. Not a bean, so
 * that only Spring MVC uses it.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">
 * CloudEvents HTTP protocol binding 1.0</a>
 */
@Configuration(proxyBeanMethods = false)
class CloudEventsOverHttp {

	@Bean
	ServerHttpMessageConvertersCustomizer cloudEvents() {
		return (converters) -> converters.addCustomConverter(new Converter());
	}

	private static final class Converter extends CloudEventHttpMessageConverter {

		private static final MediaType STRUCTURED = MediaType.parseMediaType(JsonFormat.CONTENT_TYPE);

		private final JsonFormat json = new JsonFormat();

		@Override
		public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
			return false;
		}

		@Override
		protected void writeInternal(CloudEvent event, HttpOutputMessage message) throws IOException {
			if (STRUCTURED.equalsTypeAndSubtype(message.getHeaders().getContentType())) {
				message.getBody().write(this.json.serialize(event));
			}
			else {
				super.writeInternal(event, message);
			}
		}

	}

}
