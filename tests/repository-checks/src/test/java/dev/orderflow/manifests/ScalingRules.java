package dev.orderflow.manifests;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.orderflow.events.Topics;
import dev.orderflow.scaling.manifest.Behavior;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.KafkaSource.OffsetResetPolicy;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.manifest.Trigger;
import dev.orderflow.topology.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import static dev.orderflow.manifests.PodRules.require;

/**
 * Rules for ScaledObjects and the connection budget. Module scaling tests how well the
 * values scale.
 */
final class ScalingRules {

	/* The relay's connections: one holds the lock, one deletes published rows. */
	private static final int RELAY_CONNECTIONS = 2;

	/*
	 * superuser_reserved_connections (3), the Job (2), and 10 for a reconciliation, which
	 * opens one to each database, and for people.
	 */
	private static final int OTHER_CONNECTIONS = 15;

	private static final String POOL = "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE";

	private ScalingRules() {
	}

	/** KEDA scales an existing Deployment, whose manifest sets no replicas. */
	static Stream<String> targets(Manifests manifests) {
		return manifests.scaledObjects().stream().flatMap((object) -> {
			String title = "ScaledObject/" + object.name();
			ScaledObjectSpec spec = object.spec();
			var target = manifests.find(Deployment.class, spec.scaleTargetRef().name());
			return Stream.of(require(title, target.isPresent(), "a Deployment " + spec.scaleTargetRef().name()),
					require(title, target.map((it) -> it.getSpec().getReplicas()).isEmpty(),
							"a Deployment without replicas, which KEDA sets"),
					require(title, spec.fallback() != null && spec.fallback().replicas() > 0,
							"fallback.replicas above 0: an error and 0 would scale to zero"),
					require(title, boundsScaleDown(spec), "a policy that bounds scaleDown"))
				.flatMap(List::stream);
		});
	}

	private static boolean boundsScaleDown(ScaledObjectSpec spec) {
		Behavior behavior = spec.advanced().behavior();
		return behavior != null && behavior.scaleDown() != null && behavior.scaleDown().policies() != null;
	}

	/**
	 * A consumer scales on the lag of its own group on the topics it reads, up to the
	 * number of partitions, and from zero unless it also serves requests.
	 */
	static Stream<String> consumers(Manifests manifests, List<Service> services) {
		return services.stream().filter((service) -> !service.consumes().isEmpty()).flatMap((service) -> {
			String title = "ScaledObject/" + service.name();
			ScaledObjectSpec spec = manifests.scaledObject(service.name()).map(ScaledObject::spec).orElse(null);
			if (spec == null) {
				return Stream.of("%s: expected one".formatted(title));
			}
			List<KafkaSource> triggers = kafkaTriggers(spec).map((trigger) -> (KafkaSource) trigger.source()).toList();
			List<String> topics = service.consumes()
				.stream()
				.flatMap((topic) -> Stream.of(topic, Topics.replay(topic, service.name()).name()))
				.toList();
			return Stream
				.of(require(title, triggers.stream().map(KafkaSource::topic).toList().equals(topics),
						"triggers for " + topics),
						require(title, triggers.stream().allMatch((it) -> it.consumerGroup().equals(service.name())),
								"the consumer group " + service.name()),
						require(title,
								triggers.stream()
									.allMatch((it) -> it.offsetResetPolicy() == OffsetResetPolicy.EARLIEST),
								"offsetResetPolicy earliest, as the consumer's"),
						require(title, spec.minReplicaCount() == 0 || servesRequests(manifests, spec),
								"minReplicaCount: 0"),
						require(title, spec.maxReplicaCount() <= Topics.PARTITIONS,
								"maxReplicaCount of at most %d, the partitions".formatted(Topics.PARTITIONS)))
				.flatMap(List::stream);
		});
	}

	/** A Deployment that serves requests is never scaled to zero. */
	static Stream<String> producers(Manifests manifests, List<Service> services) {
		return services.stream()
			.flatMap((service) -> manifests.scaledObject(service.name()).stream())
			.filter((object) -> servesRequests(manifests, object.spec()))
			.flatMap((object) -> require("ScaledObject/" + object.name(), object.spec().minReplicaCount() > 0,
					"minReplicaCount above 0, because requests have no other receiver")
				.stream());
	}

	private static boolean servesRequests(Manifests manifests, ScaledObjectSpec spec) {
		return manifests.services()
			.stream()
			.anyMatch((it) -> it.name().equals(spec.scaleTargetRef().name()) && !it.isConsumer());
	}

	/**
	 * KEDA uses the pods' broker addresses, which must resolve in KEDA's namespace too.
	 */
	static Stream<String> brokers(Manifests manifests) {
		List<String> addresses = manifests.all(ConfigMap.class)
			.stream()
			.map((it) -> it.getData().get("SPRING_KAFKA_BOOTSTRAP_SERVERS"))
			.filter(Objects::nonNull)
			.distinct()
			.toList();
		boolean qualified = addresses.size() == 1
				&& Stream.of(addresses.getFirst().split(",")).allMatch((it) -> it.matches("[^:]+\\.[^:]+:\\d+"));
		return require("SPRING_KAFKA_BOOTSTRAP_SERVERS", qualified,
				"one list of names with their namespace or domain, found " + addresses)
			.stream();
	}

	/** If services log in to Kafka, every trigger of KEDA does. */
	static Stream<String> authentication(Manifests manifests) {
		boolean login = manifests.all(ConfigMap.class)
			.stream()
			.anyMatch((it) -> it.getData().containsKey("SPRING_KAFKA_SECURITY_PROTOCOL"));
		List<String> known = manifests.authentications().stream().map((it) -> it.metadata().getName()).toList();
		return manifests.scaledObjects()
			.stream()
			.flatMap((object) -> kafkaTriggers(object.spec())
				.flatMap((trigger) -> require("ScaledObject/" + object.name(), !login
						|| (trigger.authenticationRef() != null && known.contains(trigger.authenticationRef().name())),
						"an authenticationRef to one of %s at each Kafka trigger".formatted(known))
					.stream()));
	}

	private static Stream<Trigger> kafkaTriggers(ScaledObjectSpec spec) {
		return spec.triggers().stream().filter((trigger) -> trigger.source() instanceof KafkaSource);
	}

	/** The overlay's own PostgreSQL allows the connections that the overlay states. */
	static Stream<String> postgres(Manifests manifests, int connectionsMax) {
		return manifests.find(StatefulSet.class, "postgres")
			.flatMap(Workload::of)
			.stream()
			.flatMap((it) -> require(it.title(), it.container().getArgs().contains("max_connections=" + connectionsMax),
					"max_connections=%d, as in the annotation of the namespace".formatted(connectionsMax))
				.stream());
	}

	/**
	 * The maximum of connections fits into PostgreSQL, and that of a service into its
	 * role.
	 */
	static Stream<String> connections(Manifests manifests, int connectionsMax, int roleConnectionsMax) {
		int all = connections(manifests);
		Stream<String> total = require("Connection budget", all <= connectionsMax,
				"at most max_connections %d, found %d".formatted(connectionsMax, all))
			.stream();
		Stream<String> roles = manifests.services().stream().map(Workload::service).distinct().flatMap((service) -> {
			int sum = manifests.services()
				.stream()
				.filter((it) -> it.service().equals(service))
				.mapToInt((it) -> connections(manifests, it))
				.sum();
			return require(service, sum <= roleConnectionsMax,
					"at most the %d connections of its role, found %d".formatted(roleConnectionsMax, sum))
				.stream();
		});
		return Stream.concat(total, roles);
	}

	/** The maximum of connections at any time. */
	static int connections(Manifests manifests) {
		return manifests.services().stream().mapToInt((it) -> connections(manifests, it)).sum() + OTHER_CONNECTIONS;
	}

	/** The connections of all pods of a workload, those of a rollout included. */
	private static int connections(Manifests manifests, Workload workload) {
		int pool = Integer.parseInt("0" + workload.variable(POOL));
		int pod = (pool > 0) ? pool + (workload.isConsumer() ? 0 : RELAY_CONNECTIONS) : 1000;
		int surge = ((Deployment) workload.owner()).getSpec()
			.getStrategy()
			.getRollingUpdate()
			.getMaxSurge()
			.getIntVal();
		return pod * (manifests.replicasMax(workload) + surge);
	}

}
