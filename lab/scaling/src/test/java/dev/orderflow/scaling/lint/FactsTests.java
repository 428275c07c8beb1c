package dev.orderflow.scaling.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.orderflow.events.Topics;
import dev.orderflow.scaling.manifest.KafkaSource.OffsetResetPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The facts of the lint match the configuration of consumers and PostgreSQL. */
class FactsTests {

	private static final Facts FACTS = Facts.ofProject(Map.of());

	@Test
	void consumersHaveTheOffsetPolicyAndBatchSize() throws IOException {
		assertThat(FACTS.offsetResetPolicy()).isEqualTo(OffsetResetPolicy.EARLIEST);
		assertThat(Files.readString(Path.of("../../event-starter/src/main/resources/event-starter-inbox.yml")))
			.contains("start-offset: earliest")
			.contains("max.poll.records: " + FACTS.batchRecordsMax() + "\n");
		assertThat(Files.readString(Path.of("../../service-starter/src/main/resources/service-starter.yml")))
			.contains("maximum-pool-size: 8\n");
	}

	@Test
	void postgresHasTheNumberOfConnections() throws IOException {
		assertThat(Files.readString(Path.of("../../k8s/rendered/kind.yaml")))
			.contains("max_connections=" + FACTS.connectionsMax() + "\n");
	}

	@Test
	void topicsHaveTheirPartitions() {
		assertThat(FACTS.partitions()).containsEntry(Topics.ORDERS, Topics.PARTITIONS);
	}

}
