package dev.orderflow.scaling.keda;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.orderflow.scaling.manifest.PrometheusSource;
import dev.orderflow.scaling.manifest.TriggerMetadata;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PrometheusScalerTests {

	private static Reading read(boolean ignoreNullValues, Double... values) {
		Map<String, String> settings = new TreeMap<>(
				Map.of("serverAddress", "http://prometheus:9090", "query", "sum(rate(requests[1m]))", "threshold", "40",
						"activationThreshold", "5", "ignoreNullValues", Boolean.toString(ignoreNullValues)));
		PrometheusSource source = PrometheusSource.of(TriggerMetadata.ofStrings(settings));
		return new PrometheusScaler(source, () -> List.of(values)).read();
	}

	@Test
	void returnsTheSingleValueInThousandths() {
		assertThat(read(true, 12.3456)).isEqualTo(new Reading(12_346, true));
		assertThat(read(true, 5.0)).as("activation is strict").isEqualTo(new Reading(5000, false));
		assertThat(read(true, -3.0)).isEqualTo(new Reading(0, false));
	}

	@Test
	void treatsAMissingValueAsZeroByDefault() {
		assertThat(read(true)).isEqualTo(new Reading(0, false));
		assertThat(read(true, Double.NaN)).isEqualTo(new Reading(0, false));
		assertThat(read(true, Double.POSITIVE_INFINITY)).isEqualTo(new Reading(0, false));
		assertThatExceptionOfType(ScalerException.class).isThrownBy(() -> read(false, Double.NaN));
		assertThatExceptionOfType(ScalerException.class).isThrownBy(() -> read(false));
		assertThatExceptionOfType(ScalerException.class).isThrownBy(() -> read(false, Double.POSITIVE_INFINITY));
	}

	@Test
	void acceptsAZeroInEitherMode() {
		assertThat(read(false, 0.0)).isEqualTo(new Reading(0, false));
	}

	@Test
	void failsOnSeveralValues() {
		assertThatExceptionOfType(ScalerException.class).isThrownBy(() -> read(true, 1.0, 2.0));
	}

}
