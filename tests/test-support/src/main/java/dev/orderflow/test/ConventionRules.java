package dev.orderflow.test;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The conventions that can be checked automatically. A module enforces them with one test
 * that calls {@link #check} with its own packages; tests and libraries are excluded.
 * Matters of taste are not checked.
 */
public final class ConventionRules {

	private static final String AUTOWIRED = "org.springframework.beans.factory.annotation.Autowired";

	private static final String WEB = "org.springframework.web.bind.annotation.";

	private static final String WEB_MAPPING = "org\\.springframework\\.web\\.bind\\.annotation\\.\\w+Mapping";

	/** Every package has a package-info.java and is null-marked. */
	public static final ArchRule PACKAGES_ARE_NULL_MARKED = classes().should(resideInANullMarkedPackage());

	/** Packages have no cyclic dependencies. */
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

	/** The event infrastructure does not depend on event types. */
	public static final ArchRule CARRIERS_KNOW_NO_EVENT = noClasses().that()
		.resideInAnyPackage("..outbox..", "..inbox..", "..deadletter..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("dev.orderflow.events..")
		.allowEmptyShould(true);

	/** An unsupported media type is refused before the handler runs, not after. */
	public static final ArchRule HANDLERS_NAME_THEIR_MEDIA_TYPES = methods().that(areMapped())
		.should(nameTheirMediaTypes())
		.allowEmptyShould(true);

	private static final List<ArchRule> ALL = List.of(PACKAGES_ARE_NULL_MARKED, NO_PACKAGE_CYCLES,
			TIME_COMES_FROM_A_CLOCK, NO_FIELD_INJECTION, NO_AUTOWIRED_METHODS, CARRIERS_KNOW_NO_EVENT,
			HANDLERS_NAME_THEIR_MEDIA_TYPES);

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
			throw new IllegalArgumentException("No classes in %s".formatted(List.of(packages)));
		}
		return classes;
	}

	private static DescribedPredicate<JavaMethod> areMapped() {
		return DescribedPredicate.describe("are mapped to requests",
				(method) -> mappings(method.getAnnotations()).findAny().isPresent());
	}

	private static ArchCondition<JavaMethod> nameTheirMediaTypes() {
		return new ArchCondition<>("declare what they produce, and what they consume if they have a body") {
			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean takesBody = method.getParameters()
					.stream()
					.anyMatch((parameter) -> parameter.isAnnotatedWith(WEB + "RequestBody"));
				require(method, "produces", events);
				if (takesBody) {
					require(method, "consumes", events);
				}
			}
		};
	}

	private static void require(JavaMethod method, String attribute, ConditionEvents events) {
		boolean named = Stream.concat(mappings(method.getAnnotations()), mappings(method.getOwner().getAnnotations()))
			.anyMatch((mapping) -> mapping.get(attribute).filter((types) -> ((Object[]) types).length > 0).isPresent());
		events.add(new SimpleConditionEvent(method, named,
				"%s does not declare what it %s".formatted(method.getFullName(), attribute)));
	}

	private static Stream<? extends JavaAnnotation<?>> mappings(Collection<? extends JavaAnnotation<?>> annotations) {
		return annotations.stream().filter((annotation) -> annotation.getRawType().getName().matches(WEB_MAPPING));
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
