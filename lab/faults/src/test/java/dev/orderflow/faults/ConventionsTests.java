package dev.orderflow.faults;

import dev.orderflow.test.ConventionRules;
import org.junit.jupiter.api.Test;

class ConventionsTests {

	@Test
	void moduleKeepsTheConventions() {
		ConventionRules.check("dev.orderflow.faults");
	}

}
