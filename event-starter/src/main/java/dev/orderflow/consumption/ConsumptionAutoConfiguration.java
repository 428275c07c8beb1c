package dev.orderflow.consumption;

import java.time.Clock;

import javax.sql.DataSource;

import dev.orderflow.deadletter.DeadLetterAutoConfiguration;
import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.role.ConditionalOnRole;
import dev.orderflow.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The pause of the consumption: its row, and the gauge that an alert watches. */
@AutoConfiguration(after = DeadLetterAutoConfiguration.class)
@EnableConfigurationProperties(GaugeProperties.class)
public final class ConsumptionAutoConfiguration {

	@Bean
	Consumption consumption(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
		return new Consumption(JdbcClient.create(dataSource), new TransactionTemplate(transactions), clock);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	ConsumptionGauge consumptionGauge(ObjectProvider<MeterRegistry> registry, DataSource dataSource,
			GaugeProperties settings) {
		return new ConsumptionGauge(registry.getIfAvailable(SimpleMeterRegistry::new), dataSource, settings);
	}

}
