package dev.orderflow.test.server;

import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ImagesTests {

	@Test
	void kafkaHasTheVersionOfItsClients() {
		assertThat(Images.KAFKA).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
	}

}
