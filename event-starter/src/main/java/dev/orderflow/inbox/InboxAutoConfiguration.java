package dev.orderflow.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.orderflow.consumption.Consumption;
import dev.orderflow.consumption.ConsumptionAutoConfiguration;
import dev.orderflow.deadletter.DeadLetters;
import dev.orderflow.role.ConditionalOnRole;
import dev.orderflow.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CompositeBatchInterceptor;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The inbox of a service that declares a {@link PreparingEventHandler}: the function
 * {@code inbox} over raw batches, which {@code event-starter-inbox.yml} binds to the
 * service's topics.
 */
@AutoConfiguration(after = ConsumptionAutoConfiguration.class)
@ConditionalOnBean(PreparingEventHandler.class)
@EnableConfigurationProperties(InboxProperties.class)
public final class InboxAutoConfiguration {

	/** Less than {@code spring.lifecycle.timeout-per-shutdown-phase}. */
	private static final Duration STOP_MAX = Duration.ofSeconds(15);

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	Consumer<RawBatch> inbox(PreparingEventHandler<?> handler, Markers markers, DeadLetters deadLetters,
			Consumption consumption, BrokenRelease brokenRelease, PlatformTransactionManager transactions,
			InboxProperties settings, JsonMapper json, Clock clock, InboxMetrics metrics, OpenTelemetry openTelemetry,
			@Value("${spring.application.name}") String group) {
		Tracer tracer = openTelemetry.getTracer("dev.orderflow.inbox");
		return inboxOf(handler, markers, deadLetters, consumption, brokenRelease, transactions, settings, json, clock,
				metrics, (record) -> new EventSpan(tracer, group, record));
	}

	private static <E> Inbox<E> inboxOf(PreparingEventHandler<E> handler, Markers markers, DeadLetters deadLetters,
			Consumption consumption, BrokenRelease brokenRelease, PlatformTransactionManager transactions,
			InboxProperties settings, JsonMapper json, Clock clock, InboxMetrics metrics,
			Function<ConsumerRecord<byte[], byte[]>, EventSpan> spans) {
		EventDecoder<E> decoder = new EventDecoder<>(handler, json,
				new EventTime(settings.ageMax(), settings.aheadMax(), clock), spans);
		InboxTransaction<E> transaction = new InboxTransaction<>(new TransactionTemplate(transactions), handler,
				markers, deadLetters, consumption, metrics);
		return new Inbox<>(decoder, transaction, deadLetters, brokenRelease, settings, metrics);
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	BrokenRelease brokenRelease(Consumption consumption, InboxProperties settings,
			@Value("${spring.application.name}") String consumer) {
		return new BrokenRelease(consumption, consumer, settings.failuresMax());
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	InboxMetrics inboxMetrics(ObjectProvider<MeterRegistry> registry, Clock clock) {
		return new InboxMetrics(registry.getIfAvailable(SimpleMeterRegistry::new), clock);
	}

	@Bean
	Markers markers(JdbcTemplate jdbc, Clock clock) {
		return new Markers(jdbc, clock);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	MarkerRetention markerRetention(Markers markers, InboxProperties settings) {
		return new MarkerRetention(markers, settings);
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	GroupMembership groupMembership() {
		return new GroupMembership();
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	ConsumerLiveness consumerLiveness() {
		return new ConsumerLiveness();
	}

	/** A batch unfinished {@link #STOP_MAX} after a stop is delivered again elsewhere. */
	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	ListenerContainerCustomizer<AbstractMessageListenerContainer<Object, Object>> timeToFinishABatch(
			GroupMembership membership, RecreatedTopics recreated, OutageErrorHandler outage,
			ConsumerLiveness liveness) {
		return (container, destination, group) -> {
			liveness.watch(container);
			container.getContainerProperties().setShutdownTimeout(STOP_MAX.toMillis());
			container.setBatchInterceptor(new CompositeBatchInterceptor<>(membership, recreated, outage));
		};
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	RecreatedTopics recreatedTopics() {
		return new RecreatedTopics();
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	AwaitedTopics awaitedTopics(RecreatedTopics recreated, InboxProperties settings) {
		return new AwaitedTopics(recreated, settings.topicCheckInterval());
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	BatchMessageConverter rawBatch() {
		return new RawBatchConverter();
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	ConsumptionHealth consumptionHealth(OutageErrorHandler outage) {
		return new ConsumptionHealth(outage);
	}

	@Bean
	@ConditionalOnRole(Role.CONSUMER)
	OutageErrorHandler outage(TaskScheduler scheduler, InboxProperties settings, InboxMetrics metrics,
			ConsumerLiveness liveness) {
		return new OutageErrorHandler(new ListenerContainerPauseService(null, scheduler), settings, metrics, liveness);
	}

}
