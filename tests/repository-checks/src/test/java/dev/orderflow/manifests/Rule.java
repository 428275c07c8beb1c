package dev.orderflow.manifests;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.orderflow.setup.PostgresSettings;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import io.fabric8.kubernetes.api.model.Namespace;

/** Rules for a rendered overlay. */
enum Rule {

	RESTRICTED(PodRules::restricted), RESOURCES(PodRules::resources), PROBES(PodRules::probes),

	GRACE((manifests) -> PodRules.grace(manifests, StopTimes.ofServices().graceSeconds())),
	ROLLOUTS(PodRules::rollouts),

	IMAGES((manifests) -> PodRules.images(manifests, Rule.version())),

	SELECTORS(ObjectRules::selectors), SERVICES(ObjectRules::services), BUDGETS(ObjectRules::budgets),

	REFERENCES(ObjectRules::references), JOBS((manifests) -> ObjectRules.jobs(manifests, Rule.version())),

	COMPLETE((manifests) -> ObjectRules.complete(manifests, Rule.services())),

	TARGETS(ScalingRules::targets),

	CONSUMERS((manifests) -> ScalingRules.consumers(manifests, Rule.services())),

	PRODUCERS((manifests) -> ScalingRules.producers(manifests, Rule.services())), BROKERS(ScalingRules::brokers),

	CONNECTIONS((manifests) -> ScalingRules.connections(manifests, Rule.connectionsMax(manifests),
			PostgresSettings.ROLE_CONNECTIONS_MAX)),

	POSTGRES((manifests) -> ScalingRules.postgres(manifests, Rule.connectionsMax(manifests))),

	/** This rule and the next one apply to external-services. */
	AUTHENTICATION(ScalingRules::authentication), NO_SECRETS(ObjectRules::noSecrets);

	/**
	 * Annotation of the namespace: max_connections of the PostgreSQL that the overlay
	 * uses.
	 */
	static final String CONNECTIONS_MAX = "orderflow.dev/postgresql-max-connections";

	private final Function<Manifests, Stream<String>> violations;

	Rule(Function<Manifests, Stream<String>> violations) {
		this.violations = violations;
	}

	/** Violations, each with the object's name and the expected value. */
	List<String> violations(Manifests manifests) {
		return this.violations.apply(manifests).toList();
	}

	boolean appliesTo(Overlay overlay) {
		return overlay == Overlay.EXTERNAL_SERVICES || (this != NO_SECRETS && this != AUTHENTICATION);
	}

	static List<Service> services() {
		return Topology.load().services();
	}

	static int connectionsMax(Manifests manifests) {
		return Integer
			.parseInt(manifests.all(Namespace.class).getFirst().getMetadata().getAnnotations().get(CONNECTIONS_MAX));
	}

	/** Version of this build. */
	static String version() {
		return Overlay.text("pom.xml")
			.replaceFirst("(?s).*?<artifactId>orderflow</artifactId>\\s*<version>([^<]*)<.*", "$1");
	}

}
