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
 * Goal: a consumer reads a recreated topic from its start. Method: while the consumer
 * pauses, its topic is deleted, recreated and filled with more records than the consumer
 * had read of the old one; each of them is applied.
 */
class RecreatedTopicIT extends InboxTest {

	private static final String BINDING = "inbox-in-0";

	@Autowired
	private BindingsLifecycleController bindings;

	/** Repeated, because the group sometimes notices the new topic in time by itself. */
	@RepeatedTest(4)
	void appliesEveryRecordOfATopicRecreatedUnderARunningConsumer(RepetitionInfo round) throws Exception {
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
