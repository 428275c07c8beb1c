package dev.orderflow.shipping.carrier;

import java.net.URI;
import java.time.Duration;

import dev.orderflow.settings.Backoff;
import dev.orderflow.settings.Bounds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the calls to the carrier.
 *
 * <p>
 * Keep {@code records-max / concurrency x 2 calls x attempts x (read-timeout + pause)},
 * rounded up (13 s by default), below half of the consumer's
 * {@code max.poll.interval.ms}: a carrier whose last try succeeds just within the timeout
 * then costs lag, not the membership of the group. One that does not answer costs less,
 * because the first call that fails ends the preparation.
 *
 * @param url where its API is
 * @param connectTimeout how long a connection may take, 10 ms to 1 min
 * @param readTimeout how long an answer may take, 10 ms to 1 min
 * @param attempts how often a call is tried whose failure may pass, 1 to 10
 * @param backoff pauses between the tries of a call
 * @param concurrency most calls of this process at the same time, 1 to 256
 * @param breaker when calls are not even tried
 */
@ConfigurationProperties("orderflow.carrier")
public record CarrierProperties(@DefaultValue("http://localhost:8089") URI url,
		@DefaultValue("1s") Duration connectTimeout, @DefaultValue("2s") Duration readTimeout,
		@DefaultValue("3") int attempts, @DefaultValue Backoff backoff, @DefaultValue("16") int concurrency,
		@DefaultValue Breaker breaker) {

	public CarrierProperties {
		Bounds.require("orderflow.carrier.connect-timeout", connectTimeout, Duration.ofMillis(10),
				Duration.ofMinutes(1));
		Bounds.require("orderflow.carrier.read-timeout", readTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
		Bounds.require("orderflow.carrier.attempts", attempts, 1, 10);
		Bounds.require("orderflow.carrier.concurrency", concurrency, 1, 256);
	}

	/**
	 * The circuit breaker. It opens when too many of the last calls failed; after a while
	 * one call probes the carrier, and closes or opens it again.
	 *
	 * @param failurePercent share of failed calls that opens it, 1 to 100
	 * @param calls how many of the last calls count, 1 to 1000; before that many it stays
	 * closed
	 * @param openFor how long it stays open before the probe, 10 ms to 10 min
	 */
	public record Breaker(@DefaultValue("50") int failurePercent, @DefaultValue("20") int calls,
			@DefaultValue("5s") Duration openFor) {

		public Breaker {
			Bounds.require("orderflow.carrier.breaker.failure-percent", failurePercent, 1, 100);
			Bounds.require("orderflow.carrier.breaker.calls", calls, 1, 1000);
			Bounds.require("orderflow.carrier.breaker.open-for", openFor, Duration.ofMillis(10),
					Duration.ofMinutes(10));
		}

	}

}
