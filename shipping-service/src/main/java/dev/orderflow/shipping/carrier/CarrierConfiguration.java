package dev.orderflow.shipping.carrier;

import java.net.http.HttpClient;

import dev.orderflow.role.ConditionalOnRole;
import dev.orderflow.role.Role;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** How the carrier is called. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CarrierProperties.class)
class CarrierConfiguration {

	private static final String CARRIER = "carrier";

	@Bean
	Carrier carrier(CarrierProperties settings, CircuitBreakerRegistry breakers) {
		return new HttpCarrier(http(settings), retries(settings), breakers.circuitBreaker(CARRIER));
	}

	@Bean
	CircuitBreakerRegistry breakers(CarrierProperties settings) {
		return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
			.slidingWindowSize(settings.breaker().calls())
			.minimumNumberOfCalls(settings.breaker().calls())
			.failureRateThreshold(settings.breaker().failurePercent())
			.waitDurationInOpenState(settings.breaker().openFor())
			.permittedNumberOfCallsInHalfOpenState(1)
			// A probe that ended with an Error is not counted: without a limit no other
			// one would follow. A probe that is only slow takes less.
			.maxWaitDurationInHalfOpenState(settings.readTimeout().plus(settings.breaker().openFor()))
			.recordException(HttpCarrier::mayPass)
			.build());
	}

	/** Of the processes that call the carrier: in the others a breaker tells nothing. */
	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	MeterBinder breakerMetrics(CircuitBreakerRegistry breakers) {
		return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
	}

	private static RestClient http(CarrierProperties settings) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(settings.connectTimeout())
			.build());
		requests.setReadTimeout(settings.readTimeout());
		return RestClient.builder()
			.baseUrl(settings.url())
			.requestFactory(requests)
			.defaultStatusHandler((status) -> !status.is2xxSuccessful(), (request, answer) -> {
				throw new StatusException(request.getMethod(), answer.getStatusCode().value());
			})
			.build();
	}

	private static RetryTemplate retries(CarrierProperties settings) {
		return new RetryTemplate(RetryPolicy.builder()
			.maxRetries(settings.attempts() - 1)
			.delay(settings.backoff().initial())
			.maxDelay(settings.backoff().max())
			.multiplier(2)
			.jitter(settings.backoff().initial().dividedBy(2))
			.predicate(HttpCarrier::mayPass)
			.build());
	}

}
