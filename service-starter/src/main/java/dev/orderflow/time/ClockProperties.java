package dev.orderflow.time;

import java.time.Duration;

import dev.orderflow.settings.Bounds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The clock of a service.
 *
 * @param offset how far it is ahead of the machine's, up to a day either way. Zero but in
 * a fault audit, which shows that a machine with a wrong clock loses nothing
 */
@ConfigurationProperties("orderflow.clock")
record ClockProperties(@DefaultValue("0s") Duration offset) {

	ClockProperties {
		Bounds.require("orderflow.clock.offset", offset, Duration.ofDays(-1), Duration.ofDays(1));
	}

}
