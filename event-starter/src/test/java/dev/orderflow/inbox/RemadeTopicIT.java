package dev.orderflow.inbox;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;

/**
 * Goal: a topic's name is not its identity. Method: while the consumer pauses, its topic
 * is deleted, made anew and given more records than the consumer had read of the first
 * one; each of them has its effect.
 */
class RemadeTopicIT extends InboxTest {

	private static final String BINDING = "inbox-in-0";

	@Autowired
	private BindingsLifecycleController bindings;

	/** Several times, for now and then the group learns of the new topic in time. */
	@RepeatedTest(4)
	void appliesEverythingOfATopicMadeAnewUnderARunningConsumer(RepetitionInfo round) throws Exception {
		String anew = "anew-%d-".formatted(round.getCurrentRepetition());
		writeAndAwaitConsumed(things("before-" + anew, 200));
		this.bindings.changeState(BINDING, State.PAUSED);

		admin.deleteTopics(List.of(THINGS)).all().get(20, TimeUnit.SECONDS);
		TestServers.createTopics(Topics.source(THINGS));
		topics.write(things(anew, 500));
		this.bindings.changeState(BINDING, State.RESUMED);

		await().untilAsserted(() -> assertAppliedOnce(anew, 500));
	}

}
