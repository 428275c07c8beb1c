package dev.orderflow.inbox;

import java.time.Clock;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

class OutageErrorHandlerTests {

	/** Without a pause the container polls again at once, for ever and unseen. */
	@Test
	void pausesWhenAPollFails() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		ListenerContainerPauseService pauses = mock(ListenerContainerPauseService.class);
		MessageListenerContainer container = mock(MessageListenerContainer.class);
		OutageErrorHandler handler = new OutageErrorHandler(pauses,
				Binder.get(new MockEnvironment()).bindOrCreate("orderflow.inbox", InboxProperties.class),
				new InboxMetrics(meters, Clock.systemUTC()), new ConsumerLiveness());

		handler.handleOtherException(new CorruptRecordException("as the test says"), mock(Consumer.class), container,
				true);

		verify(pauses).pause(eq(container), any());
		assertThat(meters.counter("inbox.retries", "reason", "outage").count()).isEqualTo(1);
		assertThat(meters.get("inbox.paused").gauge().value()).isEqualTo(1);
	}

}
