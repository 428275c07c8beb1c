package dev.orderflow.manifests;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orderflow.events.Topics;
import dev.orderflow.topology.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;

import static dev.orderflow.manifests.PodRules.require;

/**
 * Rules for references between objects. Each rule returns its violations.
 */
final class ObjectRules {

	private ObjectRules() {
	}

	/** Each selector matches the pods of its own workload only. */
	static Stream<String> selectors(Manifests manifests) {
		List<Workload> running = manifests.workloads().stream().filter(Workload::isLongRunning).toList();
		return running.stream().flatMap((workload) -> {
			List<String> found = selected(manifests, workload.selector());
			return require(workload.title(), found.equals(List.of(workload.title())),
					"a selector of its own pods alone, found " + found)
				.stream();
		});
	}

	/**
	 * A Service selects the pods of one workload, at named ports of these; never
	 * consumers, which serve no HTTP API.
	 */
	static Stream<String> services(Manifests manifests) {
		return manifests.all(io.fabric8.kubernetes.api.model.Service.class).stream().flatMap((service) -> {
			String title = "Service/" + service.getMetadata().getName();
			List<Workload> found = manifests.workloads()
				.stream()
				.filter((workload) -> workload.isSelectedBy(service.getSpec().getSelector()))
				.toList();
			Set<String> ports = found.stream()
				.flatMap((workload) -> workload.container().getPorts().stream())
				.map((port) -> port.getName())
				.collect(Collectors.toSet());
			List<String> targets = service.getSpec()
				.getPorts()
				.stream()
				.map(ServicePort::getTargetPort)
				.map((port) -> String.valueOf(port.getValue()))
				.toList();
			return Stream.of(require(title, found.size() == 1, "to select one workload, found " + found.size()),
					require(title, found.stream().noneMatch(Workload::isConsumer), "pods that answer, found consumers"),
					require(title, ports.containsAll(targets), "named ports of %s, found %s".formatted(ports, targets)))
				.flatMap(List::stream);
		});
	}

	/**
	 * A PodDisruptionBudget selects one workload and lets a drain proceed. Each
	 * Deployment of a service has one.
	 */
	static Stream<String> budgets(Manifests manifests) {
		List<PodDisruptionBudget> budgets = manifests.all(PodDisruptionBudget.class);
		Stream<String> wrong = budgets.stream().flatMap((budget) -> {
			String title = "PodDisruptionBudget/" + budget.getMetadata().getName();
			List<String> found = selected(manifests, budget.getSpec().getSelector().getMatchLabels());
			var unavailable = budget.getSpec().getMaxUnavailable();
			return Stream
				.of(require(title, found.size() == 1, "to select one workload, found " + found),
						require(title,
								budget.getSpec().getMinAvailable() == null && unavailable != null
										&& unavailable.getIntVal() != null && unavailable.getIntVal() >= 1,
								"maxUnavailable of 1 or more and no minAvailable: a drain must go on"))
				.flatMap(List::stream);
		});
		Stream<String> missing = manifests.services()
			.stream()
			.filter((workload) -> budgets.stream()
				.noneMatch((budget) -> workload.isSelectedBy(budget.getSpec().getSelector().getMatchLabels())))
			.map((workload) -> workload.title() + ": expected a PodDisruptionBudget");
		return Stream.concat(wrong, missing);
	}

	/**
	 * Referenced ConfigMaps exist. Referenced Secrets all exist, or all come from
	 * elsewhere.
	 */
	static Stream<String> references(Manifests manifests) {
		Set<String> configMaps = names(manifests, ConfigMap.class);
		Set<String> secrets = names(manifests, Secret.class);
		return manifests.workloads().stream().flatMap((workload) -> {
			Set<String> missing = new TreeSet<>(references(workload, true));
			missing.removeAll(configMaps);
			Set<String> missingSecrets = new TreeSet<>(references(workload, false));
			missingSecrets.removeAll(secrets);
			return Stream
				.of(require(workload.title(), missing.isEmpty(), "the ConfigMaps " + missing), require(workload.title(),
						secrets.isEmpty() || missingSecrets.isEmpty(), "the Secrets " + missingSecrets))
				.flatMap(List::stream);
		});
	}

	/**
	 * An overlay whose Secrets come from elsewhere contains no Secret and no password in
	 * plain text.
	 */
	static Stream<String> noSecrets(Manifests manifests) {
		Stream<String> objects = names(manifests, Secret.class).stream()
			.map((name) -> "Secret/" + name + ": expected none here, only references");
		Stream<String> values = manifests.workloads()
			.stream()
			.flatMap((workload) -> workload.containers()
				.stream()
				.flatMap((container) -> container.getEnv().stream())
				.filter((variable) -> variable.getName().contains("PASSWORD") && variable.getValue() != null)
				.map((variable) -> workload.title() + ": expected " + variable.getName() + " from a Secret"));
		return Stream.concat(objects, values);
	}

	/**
	 * A Job cannot be changed, so its name contains the version and its ConfigMaps have
	 * fixed names. The Job prepare has priority over the pods that wait for it, and
	 * creates topics before tables, because KEDA starts pods while topics are missing.
	 */
	static Stream<String> jobs(Manifests manifests, String version) {
		String suffix = "-" + version.replace('.', '-');
		return manifests.workloads().stream().filter((workload) -> workload.owner() instanceof Job).flatMap((job) -> {
			List<String> hashed = Stream.concat(references(job, true).stream(), references(job, false).stream())
				.filter((name) -> name.matches(".*-[a-z0-9]{10}") && !name.matches(".*-(migration|environment)"))
				.toList();
			List<String> steps = job.containers().stream().map(Container::getName).toList();
			boolean prepares = job.name().startsWith("prepare");
			return Stream
				.of(require(job.title(), !prepares || steps.getFirst().equals("topics"),
						"topics before all else, found " + steps),
						require(job.title(), !prepares || goesFirst(manifests, job),
								"a PriorityClass of these manifests that is above 0 and preempts"),
						require(job.title(), job.name().endsWith(suffix), "a name that ends with " + suffix),
						require(job.title(), hashed.isEmpty(), "references without a hash, found " + hashed))
				.flatMap(List::stream);
		});
	}

	/** Pods without a class have priority 0. */
	private static boolean goesFirst(Manifests manifests, Workload workload) {
		return manifests.find(PriorityClass.class, String.valueOf(workload.pod().getPriorityClassName()))
			.filter((priority) -> priority.getValue() > 0 && !"Never".equals(priority.getPreemptionPolicy()))
			.isPresent();
	}

	/**
	 * Everything that a service of services.yaml needs; the message names the file to
	 * copy.
	 */
	static Stream<String> complete(Manifests manifests, List<Service> services) {
		return services.stream().flatMap((service) -> {
			boolean takesOrders = service.produces().contains(Topics.ORDERS);
			String file = "k8s/base/%s.yaml; copy k8s/base/%s.yaml".formatted(service.name(),
					takesOrders ? "order-service" : "shipping-service");
			Stream<String> deployments = takesOrders ? Stream.of(service.name())
					: Stream.of(service.name(), service.name() + "-api");
			Stream<List<String>> found = Stream.of(
					require(service.name(),
							manifests.find(io.fabric8.kubernetes.api.model.Service.class, service.name())
								.filter((it) -> it.getSpec().getPorts().getFirst().getPort() == service.port())
								.isPresent(),
							"a Service at port %d in %s".formatted(service.port(), file)),
					require(service.name(), manifests.scaledObject(service.name()).isPresent(),
							"a ScaledObject in " + file),
					require(service.name(),
							manifests.workloads()
								.stream()
								.filter((it) -> it.owner() instanceof Job)
								.flatMap((job) -> job.containers().stream())
								.anyMatch((container) -> container.getName().equals(service.name())),
							"an init container that migrates in k8s/base/prepare.yaml; copy the one of analytics-service"));
			return Stream
				.concat(found, deployments.map((name) -> require(service.name(),
						manifests.find(Deployment.class, name).filter((it) -> portsAgree(it, service)).isPresent(),
						"a Deployment %s with the ports of services.yaml in %s".formatted(name, file))))
				.flatMap(List::stream);
		});
	}

	private static boolean portsAgree(Deployment deployment, Service service) {
		Map<String, Integer> ports = Workload.of(deployment)
			.orElseThrow()
			.container()
			.getPorts()
			.stream()
			.collect(Collectors.toMap((port) -> port.getName(), (port) -> port.getContainerPort()));
		return Integer.valueOf(service.port() + Service.MANAGEMENT_OFFSET).equals(ports.get("management"))
				&& service.port() == ports.getOrDefault("http", service.port());
	}

	private static List<String> selected(Manifests manifests, Map<String, String> labels) {
		return manifests.workloads()
			.stream()
			.filter((workload) -> workload.isSelectedBy(labels))
			.map(Workload::title)
			.toList();
	}

	private static Set<String> names(Manifests manifests, Class<? extends HasMetadata> kind) {
		return manifests.all(kind).stream().map((it) -> it.getMetadata().getName()).collect(Collectors.toSet());
	}

	/** The Secrets that a pod needs to start. */
	static Set<String> secrets(Workload workload) {
		return references(workload, false);
	}

	/** The ConfigMaps, or the Secrets, that a pod needs to start. */
	private static Set<String> references(Workload workload, boolean configMaps) {
		Set<String> names = new TreeSet<>();
		for (Container container : workload.containers()) {
			container.getEnvFrom().forEach((source) -> {
				if (configMaps && source.getConfigMapRef() != null) {
					names.add(source.getConfigMapRef().getName());
				}
				if (!configMaps && source.getSecretRef() != null) {
					names.add(source.getSecretRef().getName());
				}
			});
			container.getEnv()
				.stream()
				.map(EnvVar::getValueFrom)
				.filter((source) -> source != null && !configMaps && source.getSecretKeyRef() != null)
				.forEach((source) -> names.add(source.getSecretKeyRef().getName()));
		}
		for (Volume volume : workload.pod().getVolumes()) {
			if (configMaps && volume.getConfigMap() != null) {
				names.add(volume.getConfigMap().getName());
			}
			if (!configMaps && volume.getSecret() != null && !Boolean.TRUE.equals(volume.getSecret().getOptional())) {
				names.add(volume.getSecret().getSecretName());
			}
		}
		return names;
	}

}
