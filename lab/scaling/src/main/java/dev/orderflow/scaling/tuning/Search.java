package dev.orderflow.scaling.tuning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

import dev.orderflow.scaling.lint.Lint;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.simulation.Cluster;
import dev.orderflow.scaling.simulation.Cluster.Clocks;
import dev.orderflow.scaling.simulation.Recording;
import dev.orderflow.scaling.simulation.Replica;
import dev.orderflow.scaling.simulation.Scenario;
import dev.orderflow.scaling.simulation.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * A random search for policies of which no other is better in both replica-seconds and
 * late events. The first is the ScaledObject's own. Half of the policies are any, half
 * differ in one value from one of the best so far. A policy with a trap that the
 * ScaledObject does not have is left out. The seed is fixed: the same number of policies
 * gives the same result.
 */
public final class Search {

	private static final int SEED = 1;

	/* Policies that are simulated at the same time; the best so far is known between. */
	private static final int ROUND = 16;

	/* Draws for a policy that is new and without a trap. */
	private static final int DRAWS_MAX = 200;

	private final Map<String, Object> document;

	private final ScaledObject object;

	private final Replica replica;

	private final Traffic traffic;

	private final Lint lint;

	private final RandomGenerator random = new SplittableRandom(SEED);

	private final PolicySpace space;

	private final Set<Policy> tried = new LinkedHashSet<>();

	private List<Candidate> front = List.of();

	/**
	 * A search that has tried nothing.
	 * @param document the ScaledObject as parsed YAML
	 * @param lint finds the traps
	 */
	public Search(Map<String, Object> document, Replica replica, Traffic traffic, Lint lint) {
		this.document = document;
		this.object = Manifests.scaledObject(document);
		this.replica = replica;
		this.traffic = traffic;
		this.lint = lint;
		this.space = new PolicySpace(this.random, replica, this.object.spec().maxReplicaCount());
	}

	/** The score of the ScaledObject as it is. */
	public Score shipped() {
		return score(this.object);
	}

	/** The score of a policy. */
	public Score score(Policy policy) {
		return score(policy.on(this.document));
	}

	/** A policy as a patch in YAML, with the sum behind each value. */
	public String patch(Policy policy) {
		return new PolicyPatch(policy, this.document).yaml(this.object, this.replica);
	}

	/**
	 * Tries policies and returns the best, those with the fewest replica-seconds first.
	 * @param policiesMax how many
	 * @param limit ends the search after the round in which it passes
	 * @param progress gets the number of policies tried and of the best so far
	 */
	public List<Candidate> run(int policiesMax, Duration limit, BiConsumer<Integer, Integer> progress) {
		long start = System.nanoTime();
		while (this.tried.size() < policiesMax && System.nanoTime() - start < limit.toNanos()) {
			List<Policy> round = round(Math.min(ROUND, policiesMax - this.tried.size()));
			if (round.isEmpty()) {
				break;
			}
			List<Candidate> all = new ArrayList<>(this.front);
			all.addAll(round.parallelStream().map((policy) -> new Candidate(policy, score(policy))).toList());
			this.front = best(all);
			progress.accept(this.tried.size(), this.front.size());
		}
		return this.front;
	}

	/** How many policies it has tried. */
	public int tried() {
		return this.tried.size();
	}

	/** The policies that it has tried. */
	Set<Policy> policies() {
		return Set.copyOf(this.tried);
	}

	private List<Policy> round(int size) {
		List<Policy> round = new ArrayList<>();
		if (this.tried.isEmpty()) {
			Policy.of(this.object.spec()).filter(this.tried::add).ifPresent(round::add);
		}
		for (int draw = 0; draw < DRAWS_MAX && round.size() < size; draw++) {
			boolean near = !this.front.isEmpty() && this.random.nextBoolean();
			Policy policy = near ? this.space.near(this.front.get(this.random.nextInt(this.front.size())).policy())
					: this.space.any();
			if (!hasTrap(policy) && this.tried.add(policy)) {
				round.add(policy);
			}
		}
		return round;
	}

	private boolean hasTrap(Policy policy) {
		Manifests none = new Manifests(List.of(), List.of());
		return this.lint.check(none, policy.on(this.document)).size() > this.lint.check(none, this.object).size();
	}

	/*
	 * Of several with the same score the one with a longer cooldown and fewer replicas.
	 */
	private static List<Candidate> best(List<Candidate> all) {
		Map<List<Long>, Candidate> distinct = new LinkedHashMap<>();
		all.stream()
			.filter((one) -> all.stream().noneMatch((other) -> other.score().dominates(one.score())))
			.sorted(Comparator.comparingLong((Candidate one) -> one.score().replicaSeconds())
				.thenComparing((one) -> one.policy().replicasMin())
				.thenComparing((one) -> -one.policy().cooldownSeconds()))
			.forEach((one) -> distinct.putIfAbsent(List.of(one.score().replicaSeconds(), one.score().late()), one));
		return List.copyOf(distinct.values());
	}

	private Score score(ScaledObject object) {
		return new Score(this.traffic.scenarios().stream().map((scenario) -> {
			double base = this.traffic.recording().isPresent() ? 1 : scenario.baseLoad() * this.replica.perSecond();
			return Score.Part.of(Simulation.run(object.spec(), scenario, this.replica, base, this.traffic.cluster()));
		}).toList());
	}

	/**
	 * A policy and its score.
	 *
	 * @param policy the policy
	 * @param score what it costs
	 */
	public record Candidate(Policy policy, Score score) {

	}

	/**
	 * What is simulated.
	 *
	 * @param scenarios the scenarios, at their own multiple of the replica's rate
	 * @param recording recorded traffic instead
	 */
	public record Traffic(List<Scenario> scenarios, Optional<Recording> recording) {

		public Traffic {
			scenarios = List.copyOf(scenarios);
		}

		/** Scenarios, or if it is present, a recording. */
		public static Traffic of(List<Scenario> scenarios, @Nullable Recording recording) {
			return (recording != null) ? new Traffic(List.of(recording.scenario()), Optional.of(recording))
					: new Traffic(scenarios, Optional.empty());
		}

		private Cluster cluster() {
			return this.recording.map(Recording::cluster).orElse(Cluster.with(Clocks.TOGETHER));
		}

	}

}
