package dev.orderflow.deadletter;

import java.time.Clock;

import javax.sql.DataSource;

import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.outbox.Outbox;
import dev.orderflow.outbox.OutboxAutoConfiguration;
import dev.orderflow.role.ConditionalOnRole;
import dev.orderflow.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** Dead letters, with DLQ topics named after the service. */
@AutoConfiguration(after = OutboxAutoConfiguration.class)
@EnableConfigurationProperties({ DeadLetterProperties.class, GaugeProperties.class })
public final class DeadLetterAutoConfiguration {

	@Bean
	DeadLetterHeaders deadLetterHeaders(@Value("${spring.application.name}") String service) {
		return new DeadLetterHeaders(service);
	}

	@Bean
	DeadLetters deadLetters(JdbcTemplate jdbc, Outbox outbox, DeadLetterHeaders headers, DeadLetterProperties settings,
			Clock clock) {
		return new DeadLetters(jdbc, outbox, headers, clock,
				new RedrivenLetters(jdbc, headers.replaySuffix(), settings.redrivesMax(), clock));
	}

	@Bean
	@ConditionalOnRole(Role.API)
	DeadLetterGauges deadLetterGauges(ObjectProvider<MeterRegistry> registry, DataSource dataSource,
			GaugeProperties settings) {
		return new DeadLetterGauges(registry.getIfAvailable(SimpleMeterRegistry::new), dataSource, settings);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	DeadLetterRetention deadLetterRetention(JdbcTemplate jdbc, DeadLetterProperties settings, Clock clock) {
		return new DeadLetterRetention(jdbc, settings, clock);
	}

}
