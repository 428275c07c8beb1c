package dev.orderflow.orders;

import dev.orderflow.test.ConventionRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class ConventionsTests {

	@Test
	void followTheRules() {
		ConventionRules.check("dev.orderflow.orders");
	}

	@Test
	void contractTypesStopAtTheEventMappers() {
		noClasses().that(not(belongToAnyOf(OrderEvents.class, FulfilmentEventsHandler.class)))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("dev.orderflow.events..")
			.check(ConventionRules.productionClasses("dev.orderflow.orders"));
	}

	@Test
	void onlyTheApiKnowsHttp() {
		noClasses().that()
			.resideOutsideOfPackage("dev.orderflow.orders.http..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("dev.orderflow.orders.http..", "io.swagger..", "jakarta.validation..",
					"org.springframework.web..", "org.springframework.http..")
			.check(ConventionRules.productionClasses("dev.orderflow.orders"));
	}

}
