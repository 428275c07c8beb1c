package dev.orderflow.manifests;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/**
 * A workload.
 *
 * @param owner the Deployment, StatefulSet or Job
 * @param selector the labels of its pods
 * @param template the template of its pods
 * @param replicas the number of pods if nothing scales it
 */
record Workload(HasMetadata owner, Map<String, String> selector, PodTemplateSpec template, int replicas) {

	private static final String COMPONENT = "app.kubernetes.io/component";

	static Optional<Workload> of(HasMetadata object) {
		return switch (object) {
			case Deployment it -> Optional.of(new Workload(it, it.getSpec().getSelector().getMatchLabels(),
					it.getSpec().getTemplate(), Objects.requireNonNullElse(it.getSpec().getReplicas(), 1)));
			case StatefulSet it -> Optional.of(new Workload(it, it.getSpec().getSelector().getMatchLabels(),
					it.getSpec().getTemplate(), Objects.requireNonNullElse(it.getSpec().getReplicas(), 1)));
			case Job it -> Optional.of(new Workload(it, Map.of(), it.getSpec().getTemplate(), 1));
			default -> Optional.empty();
		};
	}

	String name() {
		return this.owner.getMetadata().getName();
	}

	/** Kind and name, for messages. */
	String title() {
		return this.owner.getKind() + "/" + name();
	}

	PodSpec pod() {
		return this.template.getSpec();
	}

	Map<String, String> labels() {
		return this.template.getMetadata().getLabels();
	}

	boolean isLongRunning() {
		return !(this.owner instanceof Job);
	}

	boolean isService() {
		return List.of("consumer", "api").contains(labels().getOrDefault(COMPONENT, ""));
	}

	boolean isConsumer() {
		return "consumer".equals(labels().get(COMPONENT));
	}

	/** The module's name. */
	String service() {
		return labels().getOrDefault("app.kubernetes.io/name", "");
	}

	/** The main container. */
	Container container() {
		return pod().getContainers().getFirst();
	}

	/** All containers, including init containers. */
	List<Container> containers() {
		return Stream.concat(pod().getInitContainers().stream(), pod().getContainers().stream()).toList();
	}

	/**
	 * The literal value of a variable of the main container; empty if it has none.
	 */
	String variable(String name) {
		return container().getEnv()
			.stream()
			.filter((variable) -> variable.getName().equals(name) && variable.getValue() != null)
			.map(EnvVar::getValue)
			.findFirst()
			.orElse("");
	}

	boolean isSelectedBy(Map<String, String> labels) {
		return labels().entrySet().containsAll(labels.entrySet());
	}

}
