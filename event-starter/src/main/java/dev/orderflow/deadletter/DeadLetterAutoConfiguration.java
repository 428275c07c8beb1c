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
@EnableConfigurationProperties(GaugeProperties.class)
public final class DeadLetterAutoConfiguration {

	@Bean
	DeadLetters deadLetters(JdbcTemplate jdbc, Outbox outbox, @Value("${spring.application.name}") String service,
			Clock clock) {
		return new DeadLetters(jdbc, outbox, new DeadLetterHeaders(service), clock);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	DeadLetterGauges deadLetterGauges(ObjectProvider<MeterRegistry> registry, DataSource dataSource,
			GaugeProperties settings) {
		return new DeadLetterGauges(registry.getIfAvailable(SimpleMeterRegistry::new), dataSource, settings);
	}

}
