package dev.orderflow.time;

import java.time.Clock;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The clock that classes take time from, so that a test can replace it, and scheduled
 * tasks, whose scheduler Spring Boot adds only once they are enabled.
 */
@AutoConfiguration(before = TaskSchedulingAutoConfiguration.class)
@EnableScheduling
@EnableConfigurationProperties(ClockProperties.class)
public final class TimeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Clock clock(ClockProperties settings) {
		return Clock.offset(Clock.systemUTC(), settings.offset());
	}

}
