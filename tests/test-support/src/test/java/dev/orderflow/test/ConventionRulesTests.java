package dev.orderflow.test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConventionRulesTests {

	private final JavaClasses broken = new ClassFileImporter().importPackages("dev.orderflow.test.broken");

	@Test
	void commonEventsKeepsTheConventions() {
		ConventionRules.check("dev.orderflow.events");
	}

	@Test
	void setupServersCarrierAndAuditKeepTheConventions() {
		ConventionRules.check("dev.orderflow.setup", "dev.orderflow.topology", "dev.orderflow.servers",
				"dev.orderflow.carrier", "dev.orderflow.audit");
	}

	@Test
	void testSupportKeepsTheConventions() {
		ConventionRules.check("dev.orderflow.test");
	}

	@Test
	void refusesAPackageWithoutNullMarked() {
		assertRefused(ConventionRules.PACKAGES_ARE_NULL_MARKED);
	}

	@Test
	void refusesTimeWithoutAClock() {
		assertRefused(ConventionRules.TIME_COMES_FROM_A_CLOCK);
	}

	@Test
	void refusesAnEmptyImport() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> ConventionRules.check("dev.orderflow.nowhere"));
	}

	private void assertRefused(ArchRule rule) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rule.check(this.broken))
			.withMessageContaining("Unmarked");
	}

}
