package dev.orderflow;

import dev.orderflow.test.ConventionRules;
import org.junit.jupiter.api.Test;

class ConventionsTests {

	@Test
	void moduleKeepsTheConventions() {
		ConventionRules.check("dev.orderflow.gauge", "dev.orderflow.migration", "dev.orderflow.outage",
				"dev.orderflow.problem", "dev.orderflow.retention", "dev.orderflow.role", "dev.orderflow.settings",
				"dev.orderflow.shutdown");
	}

}
