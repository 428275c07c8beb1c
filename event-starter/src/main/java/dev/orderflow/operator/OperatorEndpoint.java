package dev.orderflow.operator;

import dev.orderflow.consumption.Consumption;
import dev.orderflow.outbox.ParkedRows;
import dev.orderflow.role.ConditionalOnRole;
import dev.orderflow.role.Role;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;

/**
 * The endpoint {@code deadletters}. Only on a management port of its own: the port of the
 * API never has it.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
public final class OperatorEndpoint {

	@Bean
	DeadLettersController deadLettersController(OperatorProperties settings, LetterSearch search,
			LetterActions actions) {
		return new DeadLettersController(new OperatorCredential(settings.token()), search, actions);
	}

	@Bean
	ConsumptionController consumptionController(OperatorProperties settings, Consumption consumption) {
		return new ConsumptionController(new OperatorCredential(settings.token()), consumption);
	}

	@Bean
	ParkedRowsController parkedRowsController(OperatorProperties settings, ParkedRows rows, ReleaseParkedRows release) {
		return new ParkedRowsController(new OperatorCredential(settings.token()), rows, release);
	}

}
