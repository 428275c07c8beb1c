package dev.orderflow.operator;

import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import dev.orderflow.deadletter.DeadLetterAutoConfiguration;
import dev.orderflow.deadletter.DeadLetters;
import dev.orderflow.outbox.ParkedRows;
import dev.orderflow.role.ConditionalOnRole;
import dev.orderflow.role.Role;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What operators do, in processes with the role {@link Role#API}. A web application
 * offers it on its management port.
 */
@AutoConfiguration(after = DeadLetterAutoConfiguration.class)
@EnableConfigurationProperties(OperatorProperties.class)
public final class OperatorAutoConfiguration {

	/** A statement that takes longer is cancelled. */
	private static final Duration STATEMENT_MAX = Duration.ofSeconds(10);

	@Bean
	@ConditionalOnRole(Role.API)
	LetterSearch letterSearch(DataSource dataSource, Clock clock) {
		return new LetterSearch(bounded(dataSource), clock);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	LetterActions letterActions(DataSource dataSource, DeadLetters deadLetters, PlatformTransactionManager transactions,
			Clock clock) {
		return new LetterActions(bounded(dataSource), deadLetters, new TransactionTemplate(transactions), clock);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	ReleaseParkedRows releaseParkedRows(ParkedRows rows, DataSource dataSource, PlatformTransactionManager transactions,
			Clock clock) {
		return new ReleaseParkedRows(rows, bounded(dataSource), new TransactionTemplate(transactions), clock);
	}

	private static JdbcClient bounded(DataSource dataSource) {
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		jdbc.setQueryTimeout((int) STATEMENT_MAX.toSeconds());
		return JdbcClient.create(jdbc);
	}

}
