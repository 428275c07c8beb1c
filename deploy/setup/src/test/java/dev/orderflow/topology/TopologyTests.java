package dev.orderflow.topology;

import java.util.List;

import dev.orderflow.events.Topics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopologyTests {

	@Test
	void readsTheServicesFromTheFile() {
		Service inventory = Topology.load().service("inventory-service");

		assertThat(inventory).isEqualTo(
				new Service("inventory-service", 8081, "inventory", List.of("stock"), List.of("orders"), "/stock"));
	}

	@Test
	void hasARequestToTryForEachService() {
		assertThat(Topology.load().services()).extracting(Service::example).noneMatch("/"::equals);
	}

	@Test
	void givesAConsumerItsOwnDlqAndReplayTopic() {
		Service shipping = new Service("shipping-service", 8084, "shipping", List.of("shipments"), List.of("orders"));

		assertThat(shipping.topics()).containsExactly(Topics.source("shipments"),
				Topics.dlq("orders", "shipping-service"), Topics.replay("orders", "shipping-service"));
	}

	@Test
	void consumesOnlyTopicsThatSomebodyProduces() {
		Topology topology = Topology.load();

		assertThat(topology.services().stream().flatMap((service) -> service.produces().stream()))
			.doesNotHaveDuplicates()
			.containsAll(topology.services().stream().flatMap((service) -> service.consumes().stream()).toList());
	}

	@Test
	void givesEachServicePortsOfItsOwn() {
		assertThat(Topology.load().services()).extracting(Service::port).doesNotHaveDuplicates();
		assertThat(Topology.load().services()).extracting(Service::database).doesNotHaveDuplicates();
	}

	@Test
	void listsTheServicesWhenAskedForAnUnknownOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> Topology.load().service("nobody-service"))
			.withMessageContaining("inventory-service")
			.withMessageContaining("nobody-service");
	}

}
