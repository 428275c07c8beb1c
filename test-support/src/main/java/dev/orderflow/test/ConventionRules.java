package dev.orderflow.test;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The conventions that a machine can judge. A module holds them with one test that calls
 * {@link #check} with its own packages; tests and the libraries around are left out.
 * Taste is not judged here.
 */
public final class ConventionRules {

	private static final String AUTOWIRED = "org.springframework.beans.factory.annotation.Autowired";

	/** Every package says in package-info.java what it is, and is null-marked. */
	public static final ArchRule PACKAGES_ARE_NULL_MARKED = classes().should(resideInANullMarkedPackage());

	/** No package leads back to itself. */
	public static final ArchRule NO_PACKAGE_CYCLES = slices().matching("dev.orderflow.(**)")
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	/** Time comes from an injected clock, so that tests can fix it. */
	public static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses().should()
		.callMethod(Instant.class, "now")
		.orShould()
		.callMethod(LocalDate.class, "now")
		.orShould()
		.callMethod(LocalDateTime.class, "now")
		.orShould()
		.callMethod(OffsetDateTime.class, "now")
		.orShould()
		.callMethod(ZonedDateTime.class, "now")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.Date")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.Calendar");

	/** Dependencies come through the constructor. */
	public static final ArchRule NO_FIELD_INJECTION = noFields().should()
		.beAnnotatedWith(AUTOWIRED)
		.allowEmptyShould(true);

	/** A class has one constructor, which needs no annotation. */
	public static final ArchRule NO_AUTOWIRED_METHODS = noCodeUnits().should().beAnnotatedWith(AUTOWIRED);

	/** What carries events does not know them. */
	public static final ArchRule CARRIERS_KNOW_NO_EVENT = noClasses().that()
		.resideInAnyPackage("..outbox..", "..inbox..", "..deadletter..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("dev.orderflow.events..")
		.allowEmptyShould(true);

	private static final List<ArchRule> ALL = List.of(PACKAGES_ARE_NULL_MARKED, NO_PACKAGE_CYCLES,
			TIME_COMES_FROM_A_CLOCK, NO_FIELD_INJECTION, NO_AUTOWIRED_METHODS, CARRIERS_KNOW_NO_EVENT);

	private ConventionRules() {
	}

	/**
	 * Fails with every class that breaks a rule.
	 * @param packages the module's own packages, with all below them
	 */
	public static void check(String... packages) {
		JavaClasses classes = productionClasses(packages);
		ALL.forEach((rule) -> rule.check(classes));
	}

	/** The classes of the packages and all below them, without tests. */
	public static JavaClasses productionClasses(String... packages) {
		JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(packages);
		if (classes.isEmpty()) {
			throw new IllegalArgumentException("Expected classes in %s, found none".formatted(List.of(packages)));
		}
		return classes;
	}

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a package with @NullMarked package-info.java") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked,
						"%s is in %s, which has no package-info.java with @NullMarked".formatted(type.getName(),
								type.getPackageName())));
			}
		};
	}

}
