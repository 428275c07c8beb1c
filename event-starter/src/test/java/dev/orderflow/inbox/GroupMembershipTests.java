package dev.orderflow.inbox;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class GroupMembershipTests {

	private final Consumer<?, ?> consumer = mock();

	private final GroupMembership membership = new GroupMembership();

	@Test
	void staysUpFromTheFirstEpochOn() {
		assertThat(this.membership.health().getStatus()).isEqualTo(Status.DOWN);

		assertThat(statusAtEpoch(JoinGroupRequest.UNKNOWN_GENERATION_ID)).isEqualTo(Status.DOWN);
		assertThat(statusAtEpoch(0)).as("joining").isEqualTo(Status.DOWN);
		assertThat(statusAtEpoch(1)).isEqualTo(Status.UP);
		assertThat(statusAtEpoch(0)).as("fenced and rejoining").isEqualTo(Status.UP);
	}

	private Status statusAtEpoch(int epoch) {
		ConsumerGroupMetadata metadata = mock();
		given(metadata.generationId()).willReturn(epoch);
		given(this.consumer.groupMetadata()).willReturn(metadata);
		this.membership.setupThreadState(this.consumer);
		return this.membership.health().getStatus();
	}

}
