package dev.orderflow.role;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Decides {@link ConditionalOnRole}. */
final class OnRole extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Role part = metadata.getAnnotations().get(ConditionalOnRole.class).getEnum("value", Role.class);
		Role role = Role.of(context.getEnvironment());
		return new ConditionOutcome(role.includes(part),
				ConditionMessage.forCondition(ConditionalOnRole.class, part).because(Role.PROPERTY + " is " + role));
	}

}
