package dev.orderflow.scaling.keda;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.orderflow.scaling.manifest.KafkaSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lag and metric of the Kafka scaler. The expected values were derived by hand from
 * KEDA's source code; those for missing partitions and for factors are from its own
 * tests.
 */
class KafkaScalerTests {

	private static Reading read(KafkaSource source, List<TopicOffsets> offsets) {
		return new KafkaScaler(source, () -> offsets).read();
	}

	private static long metric(KafkaSource source, List<TopicOffsets> offsets) {
		return read(source, offsets).milli() / 1000;
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "1199, 1199", "1200, 1200", "1201, 1201", "1299, 1299", "1300, 1200", "5000, 1200" })
	void capsOnlyFromOneThresholdAboveThePartitionsOn(long lag, long metric) {
		assertThat(metric(KafkaSources.with("lagThreshold", "100"), Offsets.spread(12, lag))).isEqualTo(metric);
	}

	@Test
	void capsNothingWhenIdleConsumersAreAllowed() {
		KafkaSource source = KafkaSources.with("lagThreshold", "100", "allowIdleConsumers", "true");
		assertThat(metric(source, Offsets.spread(12, 5000))).isEqualTo(5000);
	}

	@Test
	void capsByAllPartitionsOrByThoseWithLag() {
		long[] lags = new long[64];
		lags[17] = 450_000;
		assertThat(metric(KafkaSources.with("lagThreshold", "3000"), Offsets.lags(lags))).isEqualTo(192_000);
		assertThat(metric(KafkaSources.with("lagThreshold", "3000", "limitToPartitionsWithLag", "true"),
				Offsets.lags(lags)))
			.isEqualTo(3000);
	}

	@Test
	void appliesTheCapOfPartitionsWithLagOneThresholdLate() {
		KafkaSource source = KafkaSources.with("lagThreshold", "100", "limitToPartitionsWithLag", "true");
		assertThat(metric(source, Offsets.lags(100, 99, 0, 0))).isEqualTo(199);
		assertThat(metric(source, Offsets.lags(150, 149, 0, 0))).isEqualTo(299);
		assertThat(metric(source, Offsets.lags(150, 150, 0, 0))).isEqualTo(200);
	}

	@Test
	void countsOneForEachPartitionWithoutCommitWhenThePolicyIsLatest() {
		assertThat(read(KafkaSources.with(), Offsets.uncommitted(12, 70))).isEqualTo(new Reading(12_000, true));
		assertThat(read(KafkaSources.with("scaleToZeroOnInvalidOffset", "true"), Offsets.uncommitted(12, 70)))
			.isEqualTo(new Reading(0, false));
	}

	@Test
	void countsTheWholeLogWithoutCommitWhenThePolicyIsEarliest() {
		KafkaSource earliest = KafkaSources.with("offsetResetPolicy", "earliest", "lagThreshold", "100");
		assertThat(read(earliest, Offsets.uncommitted(12, 70))).isEqualTo(new Reading(840_000, true));
		assertThat(read(KafkaSources.with("offsetResetPolicy", "earliest", "scaleToZeroOnInvalidOffset", "true"),
				Offsets.uncommitted(12, 70)))
			.isEqualTo(new Reading(0, false));
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 1", "10, 1", "11, 2", "20, 2", "21, 5", "50, 5", "51, 10", "1000, 10" })
	void asksForFactorsOfThePartitionsOnly(long lag, long replicas) {
		KafkaSource source = KafkaSources.with("ensureEvenDistributionOfPartitions", "true");
		assertThat(metric(source, Offsets.spread(10, lag))).isEqualTo(replicas * 10);
	}

	@ParameterizedTest
	@CsvSource({ "50, false", "51, true" })
	void isActiveAboveTheActivationThresholdOnly(long lag, boolean active) {
		assertThat(read(KafkaSources.with("activationLagThreshold", "50"), Offsets.spread(12, lag)).active())
			.isEqualTo(active);
	}

	@Test
	void decidesActivityByTheUncappedSum() {
		KafkaSource source = KafkaSources.with("activationLagThreshold", "150");
		assertThat(read(source, Offsets.spread(12, 200))).isEqualTo(new Reading(120_000, true));
	}

	@Test
	void excludesPartitionsThatDidNotMoveSinceTheLastCall() {
		TopicOffsets[] now = { Offsets.one(5, 20) };
		KafkaScaler scaler = new KafkaScaler(
				KafkaSources.with("excludePersistentLag", "true", "allowIdleConsumers", "true"), () -> List.of(now[0]));
		assertThat(scaler.read()).as("seen for the first time").isEqualTo(new Reading(15_000, true));
		now[0] = Offsets.one(5, 30);
		assertThat(scaler.read()).as("unmoved, still active").isEqualTo(new Reading(0, true));
		now[0] = Offsets.one(6, 30);
		assertThat(scaler.read()).as("moved").isEqualTo(new Reading(24_000, true));
		assertThat(scaler.read()).as("unmoved again").isEqualTo(new Reading(0, true));
	}

	@Test
	void failsOnAPartitionWithoutOffsetBlock() {
		TopicOffsets offsets = new TopicOffsets("orders", Map.of(), new TreeMap<>(Map.of(0, 5L)));
		assertThatExceptionOfType(ScalerException.class).isThrownBy(() -> read(KafkaSources.with(), List.of(offsets)))
			.withMessageContaining("orders-0");
	}

	@ParameterizedTest
	@CsvSource({ "earliest, true, -1, 0", "earliest, false, -1, 0", "earliest, false, 100, 0", "latest, true, -1, 0",
			"latest, false, -1, 1" })
	void countsNothingForAPartitionWithoutALogEnd(String policy, String toZero, long committed, long lag) {
		KafkaSource source = KafkaSources.with("offsetResetPolicy", policy, "scaleToZeroOnInvalidOffset", toZero);
		TopicOffsets offsets = new TopicOffsets("orders", Map.of(0, committed), new TreeMap<>());
		assertThat(new KafkaScaler(source, List::of).lagOf(offsets, 0)).isEqualTo(PartitionLag.of(lag));
	}

	@Test
	void countsTheRecordsBetweenCommitAndEnd() {
		assertThat(new KafkaScaler(KafkaSources.with(), List::of).lagOf(Offsets.one(100, 150), 0))
			.isEqualTo(PartitionLag.of(50));
	}

	@Test
	void countsNegativeLagAsZero() {
		assertThat(read(KafkaSources.with(), List.of(Offsets.one(100, 90)))).isEqualTo(new Reading(0, false));
	}

	@Test
	void countsOnlyThePartitionsAskedFor() {
		KafkaSource source = KafkaSources.with("partitionLimitation", "0,2-3", "allowIdleConsumers", "true");
		assertThat(metric(source, Offsets.lags(1, 10, 100, 1000))).isEqualTo(1101);
	}

	@Test
	void sumsTheTopicsOfAGroupWithoutTopic() {
		List<TopicOffsets> both = List.of(Offsets.one(0, 7),
				new TopicOffsets("stock", Map.of(0, 0L), new TreeMap<>(Map.of(0, 5L))));
		assertThat(metric(KafkaSources.with("topic", ""), both)).isEqualTo(12);
	}

	@ParameterizedTest
	@CsvSource({ "10, '1,2,5,10'", "13, '1,13'", "25, '1,5,25'", "50, '1,2,5,10,25,50'",
			"100, '1,2,4,5,10,20,25,50,100'" })
	void knowsTheFactorsOfANumber(long number, String factors) {
		assertThat(String.join(",", KafkaScaler.factors(number).mapToObj(Long::toString).toList())).isEqualTo(factors);
	}

	@ParameterizedTest
	@CsvSource({ "10, 1", "20, 2", "40, 4", "50, 5", "99, 10", "100, 10", "101, 20", "1001, 100" })
	void takesTheSmallestFactorThatIsEnough(long lag, long factor) {
		assertThat(KafkaScaler.nextFactor(lag, 100, 10)).isEqualTo(factor);
	}

	@Test
	void namesTheMetricByIndexAndTopicOrGroup() {
		assertThat(KafkaSources.with("topic", "orders.inventory-service.replay").metricName(1))
			.isEqualTo("s1-kafka-orders-inventory-service-replay");
		assertThat(KafkaSources.with("topic", "").metricName(0)).isEqualTo("s0-kafka-inventory-service-topics");
	}

}
