package dev.orderflow.analytics.rebuild;

import dev.orderflow.analytics.Rebuild;
import dev.orderflow.analytics.rebuild.RebuildFigures.Outcome;
import dev.orderflow.settings.Choice;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * A process with the profile {@value Rebuild#PROFILE} carries out one operation on the
 * sets of figures, prints what it did and exits: with status 0 if it did it, otherwise
 * with 1.
 */
@Component
@Profile(Rebuild.PROFILE)
class RebuildCommand implements ApplicationListener<ApplicationReadyEvent> {

	/** The setting that names the operation. */
	private static final String PROPERTY = "orderflow.analytics.rebuild";

	private final RebuildFigures rebuildFigures;

	private final Operation operation;

	RebuildCommand(RebuildFigures rebuildFigures, Environment environment) {
		this.rebuildFigures = rebuildFigures;
		this.operation = Choice.of(environment, PROPERTY, Operation.START);
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		Outcome outcome = switch (this.operation) {
			case START -> this.rebuildFigures.run();
			case STATUS -> this.rebuildFigures.status();
			case REVERT -> this.rebuildFigures.revert();
			case DROP -> this.rebuildFigures.drop();
		};
		System.out.println(outcome.text());
		System.exit(SpringApplication.exit(event.getApplicationContext(), () -> outcome.done() ? 0 : 1));
	}

	private enum Operation {

		START, STATUS, REVERT, DROP

	}

}
