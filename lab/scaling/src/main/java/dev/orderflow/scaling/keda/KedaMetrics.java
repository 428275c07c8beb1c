package dev.orderflow.scaling.keda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.manifest.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * KEDA v2.20.2's view of a ScaledObject's metrics, for its own polls
 * ({@code pkg/scaling/scale_handler.go} {@code getScaledObjectState},
 * {@code getScalerState}) and for the autoscaler's requests
 * ({@code GetScaledObjectMetrics}).
 */
public final class KedaMetrics {

	private final List<Trigger> triggers;

	private final ScalersCache scalers;

	private final FailureCounts failures;

	/* Answers of the last poll, for triggers with useCachedMetrics. */
	private final List<@Nullable MetricAnswer> records = new ArrayList<>();

	/** Metrics of a ScaledObject, with one scaler factory for each of its triggers. */
	public KedaMetrics(ScaledObjectSpec spec, List<Scaler.Factory> factories) {
		this.triggers = spec.triggers();
		this.scalers = new ScalersCache(factories);
		this.failures = new FailureCounts(spec.fallback(), this.triggers.size());
		this.triggers.forEach((trigger) -> this.records.add(null));
	}

	/**
	 * Measures all triggers for a poll.
	 * @return an answer for each trigger; empty if a scaler cannot be created, in which
	 * case the poll has no effect
	 */
	public Optional<List<MetricAnswer>> poll(ReplicaCounts replicas) {
		if (!this.scalers.connect()) {
			return Optional.empty();
		}
		List<MetricAnswer> answers = new ArrayList<>();
		for (int i = 0; i < this.triggers.size(); i++) {
			MetricAnswer answer = measure(i, replicas);
			answers.add(answer);
			this.records.set(i, this.triggers.get(i).useCachedMetrics() ? answer : null);
		}
		forgetAfterFailure(answers);
		return Optional.of(answers);
	}

	/** Answers the autoscaler's request for the metric of one trigger. */
	public MetricAnswer request(int index, ReplicaCounts replicas) {
		if (!this.scalers.connect()) {
			return new MetricAnswer.Failed();
		}
		MetricAnswer record = this.records.get(index);
		MetricAnswer answer = (record != null) ? again(index, record, replicas) : measure(index, replicas);
		forgetAfterFailure(List.of(answer));
		return answer;
	}

	private MetricAnswer measure(int index, ReplicaCounts replicas) {
		try {
			return this.failures.succeeded(index, this.scalers.read(index));
		}
		catch (ScalerException ex) {
			return this.failures.failed(index, this.triggers.get(index), replicas);
		}
	}

	/*
	 * A cached answer counts like a measurement: a failed one is one more failure. A
	 * substitute has no error, so it resets the count of failures.
	 */
	private MetricAnswer again(int index, MetricAnswer record, ReplicaCounts replicas) {
		return switch (record) {
			case MetricAnswer.Measured measured -> this.failures.succeeded(index, measured.reading());
			case MetricAnswer.Substitute substitute ->
				this.failures.succeeded(index, new Reading(substitute.milli(), true));
			case MetricAnswer.Failed failed -> this.failures.failed(index, this.triggers.get(index), replicas);
		};
	}

	private void forgetAfterFailure(List<MetricAnswer> answers) {
		if (answers.stream().anyMatch(MetricAnswer.Failed.class::isInstance)) {
			this.scalers.clear();
		}
	}

}
