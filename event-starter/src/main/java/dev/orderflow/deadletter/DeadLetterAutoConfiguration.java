package dev.orderflow.deadletter;

import java.time.Clock;

import dev.orderflow.outbox.Outbox;
import dev.orderflow.outbox.OutboxAutoConfiguration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** Dead letters, named after the service. */
@AutoConfiguration(after = OutboxAutoConfiguration.class)
public final class DeadLetterAutoConfiguration {

	@Bean
	DeadLetters deadLetters(JdbcTemplate jdbc, Outbox outbox, @Value("${spring.application.name}") String service,
			Clock clock) {
		return new DeadLetters(jdbc, outbox, new DeadLetterHeaders(service), clock);
	}

}
