package dev.orderflow.scaling;

import java.time.Instant;
import java.util.List;

import dev.orderflow.scaling.keda.PrometheusScaler;
import dev.orderflow.scaling.keda.Reading;
import dev.orderflow.scaling.keda.ReplicaCounts;
import dev.orderflow.scaling.keda.Scaler;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.PrometheusSource;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.manifest.Trigger;
import dev.orderflow.scaling.simulation.Controllers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How order-service scales before its first request. Prometheus has no series of requests
 * then, unless the query adds a zero for a pod that is up.
 */
class IdleOrderServiceTests {

	private static final ScaledObject ORDER_SERVICE = Rendered.others(Rendered.KIND).getFirst();

	private static final int MINUTES = 5;

	/** Replicas after some minutes in which the query gives these values. */
	private static int replicasAfter(Double... values) {
		List<Scaler.Factory> scalers = ORDER_SERVICE.spec()
			.triggers()
			.stream()
			.map((trigger) -> scaler(trigger, List.of(values)))
			.toList();
		Controllers controllers = new Controllers(ORDER_SERVICE.spec(), scalers, Instant.EPOCH);
		int replicas = ORDER_SERVICE.spec().minReplicaCount();
		for (int second = 0; second < MINUTES * 60; second += 5) {
			Instant now = Instant.EPOCH.plusSeconds(second);
			if (second % ORDER_SERVICE.spec().pollingInterval().toSeconds() == 0) {
				replicas = controllers.poll(now, new ReplicaCounts(replicas, replicas, replicas));
			}
			if (second % 15 == 0) {
				replicas = controllers.sync(now, new ReplicaCounts(replicas, replicas, replicas)).replicas();
			}
		}
		return replicas;
	}

	private static Scaler.Factory scaler(Trigger trigger, List<Double> values) {
		return () -> switch (trigger.source()) {
			case PrometheusSource source -> new PrometheusScaler(source, () -> values);
			case KafkaSource source -> () -> new Reading(0, false);
		};
	}

	@Test
	void staysAtMinReplicasWhenTheQueryReturnsZero() {
		assertThat(replicasAfter(0.0)).isEqualTo(ORDER_SERVICE.spec().minReplicaCount());
	}

	@Test
	void fallsBackWhenTheQueryReturnsNoSeries() {
		assertThat(ORDER_SERVICE.spec().fallback()).isNotNull();
		assertThat(replicasAfter()).isEqualTo(2);
		assertThat(replicasAfter(Double.NaN)).isEqualTo(2);
	}

}
