package dev.orderflow.scaling;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.orderflow.scaling.lint.Facts;
import dev.orderflow.scaling.lint.Lint;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.PrometheusSource;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.simulation.Cluster.Clocks;
import dev.orderflow.scaling.simulation.Run;
import dev.orderflow.scaling.simulation.Scenarios;
import dev.orderflow.scaling.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the rendered ScaledObjects, and simulates the one of order-service. */
class RenderedTests {

	private static final Measured MEASURED = Measured.load();

	static Stream<Path> files() {
		return Stream.of(Rendered.KIND, Rendered.EXTERNAL_SERVICES);
	}

	private static Run run(String scenario) {
		ScaledObject object = Rendered.others(Rendered.KIND).getFirst();
		return Simulation.run(object.spec(), Scenarios.named(scenario).orElseThrow(),
				MEASURED.of(object.name()).orElseThrow(), Clocks.TOGETHER);
	}

	@ParameterizedTest
	@MethodSource("files")
	void holdNoKnownTrap(Path file) {
		assertThat(new Lint(Facts.ofProject(MEASURED.services())).check(file)).isEmpty();
	}

	@Test
	void haveTheSameValuesInBothOverlays() {
		assertThat(values(Rendered.EXTERNAL_SERVICES)).isEqualTo(values(Rendered.KIND));
	}

	/*
	 * All values except servers, credentials, and the minimum of order-service, which is
	 * two in production.
	 */
	private static List<String> values(Path file) {
		return Stream.concat(Rendered.consumers(file).stream(), Rendered.others(file).stream()).map((object) -> {
			ScaledObjectSpec spec = object.spec();
			List<String> triggers = spec.triggers().stream().map((trigger) -> switch (trigger.source()) {
				case KafkaSource kafka -> kafka.topic() + " " + kafka.lagThreshold() + " " + kafka.offsetResetPolicy();
				case PrometheusSource prometheus -> prometheus.query() + " " + prometheus.threshold();
			}).toList();
			return "%s %s %s %d %s %s %s".formatted(object.name(), spec.pollingInterval(), spec.cooldownPeriod(),
					spec.maxReplicaCount(), spec.advanced(), spec.fallback(), triggers);
		}).toList();
	}

	/**
	 * The threshold of a replica is its work of five seconds, the objective for the age
	 * of an event.
	 */
	@Test
	void haveAThresholdOfRateTimesDelay() {
		for (ScaledObject object : Rendered.consumers(Rendered.KIND)) {
			assertThat(object.spec().triggers()).allSatisfy((trigger) -> assertThat(trigger.source().target())
				.isEqualTo(5.0 * MEASURED.of(object.name()).orElseThrow().perSecond()));
		}
		for (ScaledObject object : Rendered.others(Rendered.KIND)) {
			int perSecond = MEASURED.of(object.name() + " on stock").orElseThrow().perSecond();
			assertThat(object.spec().triggers()).filteredOn((trigger) -> trigger.source() instanceof KafkaSource)
				.hasSize(4)
				.allSatisfy((trigger) -> assertThat(trigger.source().target()).isEqualTo(5.0 * perSecond));
		}
	}

	@Test
	void keepsUpWithTheRequestsOfADay() {
		Run run = run("diurnal");
		assertThat(run.ticks()).allSatisfy((tick) -> assertThat(tick.replicas()).isBetween(1, 4));
		assertThat(run.peakAgeSeconds()).isLessThanOrEqualTo(5);
		assertThat(run.turnsMax()).isLessThanOrEqualTo(1);
	}

	/**
	 * The rate is averaged over a minute, so 15 s of a sale count for a quarter; the
	 * autoscaler adds two pods every 30 s.
	 */
	@Test
	void hasAllReplicasForAFlashSaleWithinTwoMinutes() {
		assertThat(run("flash-sale").ticks().get(720).ready()).isEqualTo(4);
	}

}
