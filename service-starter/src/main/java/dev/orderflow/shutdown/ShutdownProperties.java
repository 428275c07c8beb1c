package dev.orderflow.shutdown;

import java.time.Duration;

import dev.orderflow.settings.Bounds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a service's stop.
 *
 * @param drainMax how long open connections may announce their end, 0 to 30 s; part of
 * the grace period of pods and containers
 */
@ConfigurationProperties("orderflow.shutdown")
public record ShutdownProperties(@DefaultValue("3s") Duration drainMax) {

	public ShutdownProperties {
		Bounds.require("orderflow.shutdown.drain-max", drainMax, Duration.ZERO, Duration.ofSeconds(30));
	}

}
