package dev.orderflow.role;

import java.util.List;
import java.util.Map;

import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.NothingToConsumeAutoConfiguration;
import dev.orderflow.inbox.ReceivedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class RoleTests {

	private final ApplicationContextRunner service = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(Parts.class, NothingToConsumeAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "all; consumes,publishes", "consumer; consumes", "api; publishes" })
	void runsThePartsOfItsRole(String role, String parts) {
		this.service.withBean(EventHandler.class, NoEvents::new)
			.withPropertyValues("orderflow.role=" + role)
			.run((started) -> assertThat(started.getBeansOfType(String.class)).containsOnlyKeys(parts.split(",")));
	}

	@Test
	void runsAllPartsByDefault() {
		this.service.run((started) -> assertThat(started.getBeansOfType(String.class)).hasSize(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "workers", "API", "" })
	void failsTheStartForAnUnknownRole(String role) {
		this.service.withPropertyValues("orderflow.role=" + role).run((started) -> {
			assertThat(started).hasFailed();
			assertThat(started.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContainingAll("orderflow.role", "'" + role + "'", "[all, consumer, api]");
		});
	}

	@Test
	void refusesToOnlyConsumeWithoutAHandler() {
		this.service.withPropertyValues("orderflow.role=consumer").run((started) -> {
			assertThat(started).hasFailed();
			assertThat(started.getStartupFailure()).isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContainingAll("orderflow.role", "'consumer'", "all or api", "EventHandler");
		});
		this.service.withPropertyValues("orderflow.role=api").run((started) -> assertThat(started).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class Parts {

		@Bean
		@ConditionalOnRole(Role.CONSUMER)
		String consumes() {
			return "";
		}

		@Bean
		@ConditionalOnRole(Role.API)
		String publishes() {
			return "";
		}

	}

	private static final class NoEvents implements EventHandler<String> {

		@Override
		public String name() {
			return "nobody";
		}

		@Override
		public Map<String, Class<? extends String>> types() {
			return Map.of();
		}

		@Override
		public void handle(List<ReceivedEvent<String>> events) {
		}

	}

}
