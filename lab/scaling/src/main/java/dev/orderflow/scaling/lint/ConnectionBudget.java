package dev.orderflow.scaling.lint;

import dev.orderflow.scaling.manifest.DeploymentFacts;
import dev.orderflow.scaling.manifest.Manifests;

/**
 * The most connections that the Deployments may open to PostgreSQL: one pool for each
 * pod, at maximum replicas plus surge during a rollout, and two more where a relay runs.
 */
final class ConnectionBudget {

	private static final String DATABASE = "SPRING_DATASOURCE_URL";

	private static final String POOL = "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE";

	/* hikari.maximum-pool-size in service-starter.yml. */
	private static final String POOL_DEFAULT = "8";

	private static final String CONSUMER = "consumer";

	/* One connection holds the lock, the other deletes published rows. */
	private static final int RELAY = 2;

	private ConnectionBudget() {
	}

	static int sum(Manifests manifests) {
		return manifests.deployments()
			.stream()
			.filter((deployment) -> deployment.env().containsKey(DATABASE))
			.mapToInt((deployment) -> connections(manifests, deployment))
			.sum();
	}

	private static int connections(Manifests manifests, DeploymentFacts deployment) {
		int replicas = manifests.scaledObjects()
			.stream()
			.filter((object) -> object.spec().scaleTargetRef().name().equals(deployment.name()))
			.mapToInt((object) -> object.spec().maxReplicaCount())
			.findFirst()
			.orElse(deployment.replicas());
		int pool = Integer.parseInt(deployment.env().getOrDefault(POOL, POOL_DEFAULT));
		int pod = pool + (deployment.component().equals(CONSUMER) ? 0 : RELAY);
		return pod * (replicas + deployment.surge(replicas));
	}

}
