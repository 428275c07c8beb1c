package dev.orderflow.inbox;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.CompositeBatchInterceptor;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

class OutageErrorHandlerTests {

	private static final TopicPartition FIRST = new TopicPartition("orders", 1);

	private static final TopicPartition SECOND = new TopicPartition("orders", 2);

	private static final TopicPartition OTHER = new TopicPartition("orders", 3);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ListenerContainerPauseService pauses = mock(ListenerContainerPauseService.class);

	private final MessageListenerContainer container = mock(MessageListenerContainer.class);

	private final Consumer<?, ?> consumer = mock(Consumer.class);

	private final OutageErrorHandler handler = new OutageErrorHandler(this.pauses,
			Binder.get(new MockEnvironment()).bindOrCreate("orderflow.inbox", InboxProperties.class),
			new InboxMetrics(this.meters, Clock.systemUTC()), new ConsumerLiveness());

	/** Without a pause the container would poll again at once, forever and unreported. */
	@Test
	void pausesWhenAPollFails() {
		this.handler.handleOtherException(new CorruptRecordException("as the test says"), this.consumer, this.container,
				true);

		verify(this.pauses).pause(eq(this.container), any());
		assertThat(this.meters.counter("inbox.retries", "reason", "outage").count()).isEqualTo(1);
		assertThat(paused()).isEqualTo(1);
	}

	/** For example because the group is full: nobody else has taken anything over. */
	@Test
	void staysPausedWhenAPollFailsBeforeAnyAssignment() {
		this.handler.handleOtherException(new GroupMaxSizeReachedException("as the test says"), this.consumer,
				this.container, true);

		pollWith();
		assertThat(paused()).isEqualTo(1);
		pollWith(OTHER);
		assertThat(paused()).isEqualTo(1);
	}

	/** The container does not ask its error handler then, because no batch has failed. */
	@Test
	@SuppressWarnings("unchecked")
	void isNotPausedAfterAGoodBatchThatFollowsAFailedPoll() {
		this.handler.handleOtherException(new CorruptRecordException("as the test says"), this.consumer, this.container,
				true);

		new CompositeBatchInterceptor<>(this.handler).success(ConsumerRecords.empty(),
				(Consumer<Object, Object>) this.consumer);
		assertThat(paused()).isZero();
	}

	@Test
	void isPausedWhileItHasAPartitionOfTheFailedBatch() {
		failBatchOf(FIRST, SECOND);

		pollWith(FIRST, SECOND);
		assertThat(paused()).isEqualTo(1);
		pollWith(SECOND, OTHER);
		assertThat(paused()).isEqualTo(1);
	}

	@Test
	void isNotPausedOnceThePartitionsOfTheFailedBatchAreTakenAway() {
		failBatchOf(FIRST, SECOND);

		pollWith(OTHER);
		assertThat(paused()).isZero();
	}

	@Test
	void isNotPausedWithoutAnyPartition() {
		failBatchOf(FIRST);

		pollWith();
		assertThat(paused()).isZero();
	}

	/** As the container calls it: through the interceptor that it was given. */
	@Test
	@SuppressWarnings("unchecked")
	void isAskedBeforeEachPoll() {
		AbstractMessageListenerContainer<Object, Object> listener = mock(AbstractMessageListenerContainer.class);
		given(listener.getContainerProperties()).willReturn(new ContainerProperties("orders"));
		ArgumentCaptor<BatchInterceptor<Object, Object>> interceptor = ArgumentCaptor.captor();
		given(this.consumer.groupMetadata()).willReturn(mock(ConsumerGroupMetadata.class));
		failBatchOf(FIRST);

		new InboxAutoConfiguration()
			.timeToFinishABatch(new GroupMembership(), new RecreatedTopics(), this.handler, new ConsumerLiveness())
			.configure(listener, "orders", "inventory-service");
		verify(listener).setBatchInterceptor(interceptor.capture());
		given(this.consumer.assignment()).willReturn(Set.of());
		interceptor.getValue().setupThreadState(this.consumer);

		assertThat(paused()).isZero();
	}

	private void failBatchOf(TopicPartition... partitions) {
		Map<TopicPartition, List<ConsumerRecord<Object, Object>>> records = new HashMap<>();
		for (TopicPartition partition : partitions) {
			records.put(partition, List.of(new ConsumerRecord<>(partition.topic(), partition.partition(), 0, "", "")));
		}
		given(this.consumer.assignment()).willReturn(Set.of(partitions));
		this.handler.handleBatch(new IllegalStateException("as the test says"),
				new ConsumerRecords<>(records, Map.of()), this.consumer, this.container, () -> {
				});
	}

	private void pollWith(TopicPartition... partitions) {
		given(this.consumer.assignment()).willReturn(Set.of(partitions));
		this.handler.setupThreadState(this.consumer);
	}

	private double paused() {
		return this.meters.get("inbox.paused").gauge().value();
	}

}
