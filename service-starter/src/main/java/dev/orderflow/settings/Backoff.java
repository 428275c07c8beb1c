package dev.orderflow.settings;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Pauses between attempts: doubling from the first to the longest, each with a jitter of
 * up to half of itself within these two, so that replicas do not retry in step. The
 * number of pauses is unlimited: the caller limits the attempts or intends to wait
 * forever.
 *
 * @param initial the first pause, 1 ms to 1 min
 * @param max the longest pause, {@code initial} to 10 min
 */
public record Backoff(@DefaultValue("100ms") Duration initial, @DefaultValue("10s") Duration max) {

	public Backoff {
		Bounds.require("backoff.initial", initial, Duration.ofMillis(1), Duration.ofMinutes(1));
		Bounds.require("backoff.max", max, initial, Duration.ofMinutes(10));
	}

	/** A new sequence of pauses, in milliseconds. */
	public BackOffExecution start() {
		ExponentialBackOff backOff = new ExponentialBackOff(this.initial.toMillis(), 2);
		backOff.setMaxInterval(this.max.toMillis());
		backOff.setJitter(this.initial.toMillis() / 2);
		return backOff.start();
	}

}
