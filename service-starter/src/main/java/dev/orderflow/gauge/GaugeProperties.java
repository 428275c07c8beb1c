package dev.orderflow.gauge;

import java.time.Duration;

import dev.orderflow.settings.Bounds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the gauges that are read from tables.
 *
 * @param interval pause between two readings, 10 ms to 1 min
 */
@ConfigurationProperties("orderflow.gauges")
public record GaugeProperties(@DefaultValue("5s") Duration interval) {

	public GaugeProperties {
		Bounds.require("orderflow.gauges.interval", interval, Duration.ofMillis(10), Duration.ofMinutes(1));
	}

}
