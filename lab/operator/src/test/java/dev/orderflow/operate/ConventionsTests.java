package dev.orderflow.operate;

import dev.orderflow.test.ConventionRules;
import org.junit.jupiter.api.Test;

class ConventionsTests {

	@Test
	void keepsTheConventions() {
		ConventionRules.check("dev.orderflow.operate");
	}

}
