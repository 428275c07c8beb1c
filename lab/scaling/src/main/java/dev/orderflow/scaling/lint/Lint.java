package dev.orderflow.scaling.lint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler;
import dev.orderflow.scaling.manifest.Fallback;
import dev.orderflow.scaling.manifest.InvalidManifestException;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.simulation.Replica;
import org.jspecify.annotations.Nullable;

/** Finds known traps in ScaledObjects. */
public final class Lint {

	private final Facts facts;

	/** A lint with these facts about the scaled workloads. */
	public Lint(Facts facts) {
		this.facts = facts;
	}

	/** All traps in a file. */
	public List<Finding> check(Path file) {
		try {
			Manifests manifests = Manifests.read(file);
			return Stream
				.concat(manifests.scaledObjects().stream().flatMap((object) -> check(manifests, object).stream()),
						connections(manifests, file.toString()).stream())
				.toList();
		}
		catch (InvalidManifestException ex) {
			return List.of(new Finding(Trap.UNUSABLE, file.toString(), String.valueOf(ex.getMessage())));
		}
	}

	/** The traps in one ScaledObject. */
	public List<Finding> check(Manifests manifests, ScaledObject object) {
		Findings findings = new Findings(object.name());
		Fallback fallback = object.spec().fallback();
		findings.expect(Trap.FALLBACK_ZERO, fallback == null || fallback.replicas() > 0,
				"expected fallback.replicas above 0, found 0: KEDA would scale to zero on an error");
		object.spec().triggers().forEach((trigger) -> {
			if (trigger.source() instanceof KafkaSource source) {
				checkTopic(findings, object, source);
			}
		});
		return findings.found;
	}

	private void checkTopic(Findings findings, ScaledObject object, KafkaSource source) {
		Integer partitions = this.facts.partitions().get(String.valueOf(source.topic()));
		findings.expect(Trap.TOPIC_MISSING, partitions != null, "expected one of %s, found %s",
				this.facts.partitions().keySet().stream().sorted().toList(), source.topic());
		findings.expect(Trap.OFFSET_POLICY, source.offsetResetPolicy() == this.facts.offsetResetPolicy(),
				"expected the consumer's offsetResetPolicy, %s, for %s, found %s", this.facts.offsetResetPolicy(),
				source.topic(), source.offsetResetPolicy());
		findings.expect(Trap.THRESHOLD_BELOW_BATCH, source.lagThreshold() >= 2L * this.facts.batchRecordsMax(),
				"expected lagThreshold of at least two batches of %d, found %d", this.facts.batchRecordsMax(),
				source.lagThreshold());
		if (partitions != null) {
			checkPartitions(findings, object.spec(), source, partitions);
			checkCooldown(findings, object, source, partitions);
		}
	}

	private static void checkPartitions(Findings findings, ScaledObjectSpec spec, KafkaSource source, int partitions) {
		findings.expect(Trap.MAX_ABOVE_PARTITIONS, spec.maxReplicaCount() <= partitions,
				"expected maxReplicaCount of at most %d, the partitions of %s, found %d", partitions, source.topic(),
				spec.maxReplicaCount());
		double ratio = partitions / (partitions - 1.0);
		double up = new HorizontalPodAutoscaler(spec).toleranceUp();
		findings.expect(Trap.STALL_BELOW_PARTITIONS,
				source.allowIdleConsumers() || spec.maxReplicaCount() < partitions || ratio > 1 + up,
				"expected scaleUp.tolerance below %.3f, found %s: at %d replicas the capped metric is within the tolerance",
				ratio - 1, up, partitions - 1);
	}

	/*
	 * Time in which one replica drains the lag that demands all replicas. Without scaling
	 * to zero the cooldown has no effect.
	 */
	private void checkCooldown(Findings findings, ScaledObject object, KafkaSource source, int partitions) {
		Replica replica = this.facts.replicas().get(object.name());
		if (replica != null && object.spec().minReplicaCount() == 0) {
			long drain = replica.startSeconds() + partitions * source.lagThreshold() / replica.perSecond();
			findings.expect(Trap.COOLDOWN_SHORTER_THAN_DRAIN, object.spec().cooldownPeriod().toSeconds() >= drain,
					"expected cooldownPeriod of at least %d s, found %d", drain,
					object.spec().cooldownPeriod().toSeconds());
		}
	}

	/** Checks that the connections of all Deployments fit into max_connections. */
	public List<Finding> connections(Manifests manifests, String file) {
		Findings findings = new Findings(file);
		int sum = ConnectionBudget.sum(manifests) + this.facts.connectionsOther();
		findings.expect(Trap.CONNECTION_BUDGET, sum <= this.facts.connectionsMax(),
				"expected at most %d connections (max_connections), found %d", this.facts.connectionsMax(), sum);
		return findings.found;
	}

	/** Collects failed expectations. */
	private static final class Findings {

		private final List<Finding> found = new ArrayList<>();

		private final String object;

		Findings(String object) {
			this.object = object;
		}

		void expect(Trap trap, boolean holds, String message, @Nullable Object... arguments) {
			if (!holds) {
				this.found.add(new Finding(trap, this.object, message.formatted(arguments)));
			}
		}

	}

}
