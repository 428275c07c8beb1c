package dev.orderflow.manifests;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/** Rules for every pod. Each rule returns its violations. */
final class PodRules {

	/* These query the API server. */
	private static final Set<String> WITH_TOKEN = Set.of("prometheus", "kube-state-metrics");

	private static final long SERVICE_UID = 10001;

	/* How long a service waits for its database (spring.flyway). */
	private static final int START_SECONDS = 600;

	private PodRules() {
	}

	/** Pod Security Standard "restricted", and a read-only root on top. */
	static Stream<String> restricted(Manifests manifests) {
		Stream<String> namespaces = manifests.all(Namespace.class)
			.stream()
			.map((namespace) -> require("Namespace",
					"restricted".equals(namespace.getMetadata().getLabels().get("pod-security.kubernetes.io/enforce")),
					"pod-security.kubernetes.io/enforce: restricted"))
			.flatMap(List::stream);
		Stream<String> pods = manifests.workloads()
			.stream()
			.flatMap((workload) -> Stream.concat(restrictedPod(workload),
					workload.containers().stream().flatMap((container) -> restrictedContainer(workload, container))));
		return Stream.concat(namespaces, pods);
	}

	private static Stream<String> restrictedPod(Workload workload) {
		PodSpec pod = workload.pod();
		PodSecurityContext context = Objects.requireNonNullElseGet(pod.getSecurityContext(), PodSecurityContext::new);
		String seccomp = (context.getSeccompProfile() != null) ? context.getSeccompProfile().getType() : "none";
		Predicate<Volume> allowed = (volume) -> volume.getConfigMap() != null || volume.getSecret() != null
				|| volume.getEmptyDir() != null || volume.getPersistentVolumeClaim() != null
				|| volume.getProjected() != null;
		return Stream
			.of(require(workload.title(), Boolean.TRUE.equals(context.getRunAsNonRoot()), "runAsNonRoot: true"),
					require(workload.title(), context.getRunAsUser() != null && context.getRunAsUser() > 0,
							"a runAsUser above 0"),
					require(workload.title(),
							!workload.isService() || Objects.equals(context.getRunAsUser(), SERVICE_UID),
							"runAsUser: " + SERVICE_UID + ", as the image has it"),
					require(workload.title(), "RuntimeDefault".equals(seccomp), "seccompProfile RuntimeDefault"),
					require(workload.title(),
							!isTrue(pod.getHostNetwork()) && !isTrue(pod.getHostPID()) && !isTrue(pod.getHostIPC()),
							"no namespace of the host"),
					require(workload.title(), pod.getVolumes().stream().allMatch(allowed), "no volume of the host"),
					require(workload.title(),
							pod.getVolumes()
								.stream()
								.allMatch((volume) -> volume.getEmptyDir() == null
										|| volume.getEmptyDir().getSizeLimit() != null),
							"a sizeLimit of each emptyDir"),
					require(workload.title(),
							Objects.equals(pod.getAutomountServiceAccountToken(),
									WITH_TOKEN.contains(workload.service())),
							"automountServiceAccountToken: " + WITH_TOKEN.contains(workload.service())))
			.flatMap(List::stream);
	}

	private static Stream<String> restrictedContainer(Workload workload, Container container) {
		String title = workload.title() + " " + container.getName();
		SecurityContext context = Objects.requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
		boolean dropped = context.getCapabilities() != null && context.getCapabilities().getDrop().contains("ALL")
				&& context.getCapabilities().getAdd().isEmpty();
		return Stream
			.of(require(title, Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()),
					"allowPrivilegeEscalation: false"),
					require(title, Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()),
							"readOnlyRootFilesystem: true"),
					require(title, !isTrue(context.getPrivileged()), "no privileged container"),
					require(title, dropped, "capabilities: drop: [ALL]"))
			.flatMap(List::stream);
	}

	/** Requests and limits; equal for memory, because memory cannot be reclaimed. */
	static Stream<String> resources(Manifests manifests) {
		return manifests.workloads()
			.stream()
			.flatMap((workload) -> workload.containers().stream().flatMap((container) -> {
				Map<String, Quantity> requests = container.getResources().getRequests();
				Map<String, Quantity> limits = container.getResources().getLimits();
				return require(workload.title() + " " + container.getName(),
						requests.containsKey("cpu") && limits.containsKey("cpu") && requests.containsKey("memory")
								&& requests.get("memory").equals(limits.get("memory")),
						"requests and limits of cpu and memory, memory the same in both")
					.stream();
			}));
	}

	/** Startup, liveness and readiness; a service's on its management port. */
	static Stream<String> probes(Manifests manifests) {
		return manifests.workloads().stream().filter(Workload::isLongRunning).flatMap((workload) -> {
			Container container = workload.container();
			return Stream.of(probe(workload, "startupProbe", container.getStartupProbe(), "liveness"),
					probe(workload, "livenessProbe", container.getLivenessProbe(), "liveness"),
					probe(workload, "readinessProbe", container.getReadinessProbe(), "readiness"),
					require(workload.title(), !workload.isService() || startSeconds(container) > START_SECONDS,
							"a startupProbe of more than " + START_SECONDS + " s"))
				.flatMap(List::stream);
		});
	}

	private static List<String> probe(Workload workload, String name, Probe probe, String group) {
		boolean right = probe != null && (!workload.isService()
				|| (probe.getHttpGet() != null && probe.getHttpGet().getPath().equals("/actuator/health/" + group)
						&& "management".equals(probe.getHttpGet().getPort().getStrVal())));
		return require(workload.title(), right, "a " + name
				+ (workload.isService() ? " of /actuator/health/" + group + " on the management port" : ""));
	}

	private static int startSeconds(Container container) {
		Probe probe = container.getStartupProbe();
		return (probe != null) ? probe.getPeriodSeconds() * probe.getFailureThreshold() : 0;
	}

	/** Grace period: preStop, then what the service takes after SIGTERM. */
	static Stream<String> grace(Manifests manifests, int stopSeconds) {
		return manifests.services().stream().flatMap((workload) -> {
			var lifecycle = workload.container().getLifecycle();
			long preStop = (lifecycle != null) ? lifecycle.getPreStop().getSleep().getSeconds() : 0;
			long grace = Objects.requireNonNullElse(workload.pod().getTerminationGracePeriodSeconds(), 30L);
			return Stream
				.of(require(workload.title(), grace >= preStop + stopSeconds,
						"terminationGracePeriodSeconds of at least preStop (%d s) and %d s to stop, found %d"
							.formatted(preStop, stopSeconds, grace)),
						require(workload.title(), workload.isConsumer() || preStop >= 5,
								"a preStop sleep of 5 s: requests still come while Services forget the pod"))
				.flatMap(List::stream);
		});
	}

	/**
	 * A rollout stops a consumer pod before it starts a new one, and starts an API pod
	 * before it stops an old one.
	 */
	static Stream<String> rollouts(Manifests manifests) {
		return manifests.services().stream().flatMap((workload) -> {
			Deployment deployment = (Deployment) workload.owner();
			var rolling = deployment.getSpec().getStrategy().getRollingUpdate();
			String found = rolling.getMaxSurge().getIntVal() + " and " + rolling.getMaxUnavailable().getIntVal();
			String expected = workload.isConsumer() ? "0 and 1" : "1 and 0";
			return Stream.of(
					require(workload.title(), found.equals(expected),
							"maxSurge and maxUnavailable " + expected + ", found " + found),
					require(workload.title(), deployment.getSpec().getRevisionHistoryLimit() != null,
							"a revisionHistoryLimit"))
				.flatMap(List::stream);
		});
	}

	/** An exact version of each image; Orderflow's own have the version of this build. */
	static Stream<String> images(Manifests manifests, String version) {
		return manifests.workloads()
			.stream()
			.flatMap((workload) -> workload.containers().stream().flatMap((container) -> {
				String image = container.getImage();
				boolean exact = image.matches("[^:@]+:v?[0-9][^:]*");
				return require(workload.title() + " " + container.getName(),
						exact && (!image.startsWith("orderflow/") || image.endsWith(":" + version)),
						"an image with a version, Orderflow's own in " + version + ", found " + image)
					.stream();
			}));
	}

	private static boolean isTrue(Boolean value) {
		return Boolean.TRUE.equals(value);
	}

	static List<String> require(String title, boolean holds, String expected) {
		return holds ? List.of() : List.of(title + ": expected " + expected);
	}

}
