package dev.orderflow.orders;

import dev.orderflow.test.ConventionRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class ConventionsTests {

	@Test
	void followTheRules() {
		ConventionRules.check("dev.orderflow.orders");
	}

	@Test
	void contractTypesStopAtTheEventMapper() {
		noClasses().that()
			.areNotAssignableTo(OrderEvents.class)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("dev.orderflow.events..")
			.check(ConventionRules.productionClasses("dev.orderflow.orders"));
	}

}
