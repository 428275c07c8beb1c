package dev.orderflow;

import dev.orderflow.test.ConventionRules;
import org.junit.jupiter.api.Test;

class ConventionsTests {

	@Test
	void eventStarterKeepsTheConventions() {
		ConventionRules.check("dev.orderflow.outbox", "dev.orderflow.inbox", "dev.orderflow.deadletter",
				"dev.orderflow.operator", "dev.orderflow.tracing");
	}

}
