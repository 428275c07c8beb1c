package dev.orderflow.inbox;

import dev.orderflow.role.Role;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Rejects the role consumer in a service without a handler, which reads no topic. */
@AutoConfiguration
@ConditionalOnMissingBean(PreparingEventHandler.class)
public final class NothingToConsumeAutoConfiguration {

	@Bean
	static BeanFactoryPostProcessor refuseToOnlyConsume(Environment environment) {
		return (beans) -> {
			if (Role.of(environment) == Role.CONSUMER) {
				throw new InvalidConfigurationPropertyValueException(Role.PROPERTY, "consumer",
						"Expected all or api, because this service has no EventHandler");
			}
		};
	}

}
