package dev.orderflow.inbox;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * What keeps this replica from its events: {@code reason} is outage, contention or
 * broken-release, or is missing while it works. In no probe, because a restart would fix
 * none of them.
 */
final class ConsumptionHealth implements HealthIndicator {

	private final OutageErrorHandler consumer;

	ConsumptionHealth(OutageErrorHandler consumer) {
		this.consumer = consumer;
	}

	@Override
	public Health health() {
		OutageErrorHandler.Waiting waiting = this.consumer.waiting();
		if (waiting == null) {
			return Health.up().build();
		}
		Health.Builder health = (waiting.kind() == Failure.BROKEN_RELEASE) ? Health.outOfService() : Health.down();
		return health.withDetail("reason", waiting.kind().label()).withDetail("failure", waiting.failure()).build();
	}

}
