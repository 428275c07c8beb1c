package dev.orderflow.outbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerPostProcessor;

import static dev.orderflow.testservice.ThingRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a relay recovers from failures of its own process. Method: a second relay, with a
 * clock, a tracer or a producer that fails, leads in place of the service's.
 */
class RelayFailureIT extends OutboxTest {

	private static final String ROWS_SESSION = "outbox-relay";

	private static final Tracer NO_TRACER = OpenTelemetry.noop().getTracer("test");

	@Autowired
	private OutboxProperties settings;

	@Autowired
	private DefaultKafkaProducerFactory<byte[], byte[]> producers;

	@Test
	void goesOnAfterMemoryRanOut() {
		AtomicInteger asked = new AtomicInteger();
		InstantSource failingOnce = () -> {
			if (asked.getAndIncrement() == 0) {
				throw new OutOfMemoryError("as the test says");
			}
			return Instant.now();
		};

		leadInstead(relay(this.producers, failingOnce.withZone(ZoneOffset.UTC), NO_TRACER, this.settings), () -> {
			append(aParcel("runs-out", "1"));
			await().until(() -> asked.get() > 0);
			append(aParcel("after-it-ran-out", "1"));
			awaitPublished("after-it-ran-out", 1);
		});
	}

	@Test
	void settlesARowWhoseSpanCannotBeEnded() {
		AtomicBoolean failed = new AtomicBoolean();
		try (SdkTracerProvider tracers = SdkTracerProvider.builder().addSpanProcessor(failingOnce(failed)).build()) {
			leadInstead(relay(this.producers, Clock.systemUTC(), tracers.get("test"), this.settings), () -> {
				ProducerRecord<byte[], byte[]> traced = aParcel("traced", "1");
				traced.headers()
					.add("ce_traceparent", bytes("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
				append(traced, aParcel("traced", "2"));

				await().untilAsserted(() -> assertThat(rowsOf("traced")).isZero());
				assertThat(failed).isTrue();
				assertThat(valuesOf(PARCELS, "traced")).containsExactly("1", "2");
			});
		}
	}

	@Test
	void replacesAProducerThatFallsSilent() {
		AtomicInteger made = new AtomicInteger();
		DefaultKafkaProducerFactory<byte[], byte[]> firstIsSilent = factory(
				(producer) -> (made.getAndIncrement() == 0) ? silent(producer) : producer);

		leadInstead(relay(firstIsSilent, Clock.systemUTC(), NO_TRACER, impatient()), () -> {
			append(aParcel("into-silence", "1"), aParcel("into-silence", "2"));
			awaitPublished("into-silence", 2);
		});

		firstIsSilent.destroy();
		assertThat(made).hasValue(2);
		assertThat(valuesOf(PARCELS, "into-silence")).containsExactly("1", "2");
	}

	/** Closing such a producer waits for its thread, possibly forever. */
	@Test
	void letsAnotherRelayLeadWhenItsProducerIsStuck() {
		CountDownLatch stuck = new CountDownLatch(1);
		CountDownLatch test = new CountDownLatch(1);
		DefaultKafkaProducerFactory<byte[], byte[]> producers = factory((producer) -> stuck(producer, stuck, test));
		OutboxRelay other = relay(producers, Clock.systemUTC(), NO_TRACER, impatient());
		this.relay.stop();
		other.start();
		try {
			append(aParcel("into-a-stuck-producer", "1"));
			await().until(() -> stuck.getCount() == 0);
			this.relay.start();
			append(aParcel("into-a-stuck-producer", "2"));

			awaitPublished("into-a-stuck-producer", 2);
			await().untilAsserted(() -> assertThat(rowsOf("into-a-stuck-producer")).isZero());
		}
		finally {
			test.countDown();
			other.stop();
			this.relay.start();
			producers.destroy();
		}
	}

	@Test
	void publishesTheOthersInOneTermWhileATopicRefusesThisService() {
		TestServers.createTopics(Topics.source("refusing"));
		DefaultKafkaProducerFactory<byte[], byte[]> refused = factory((producer) -> refusedBy("refusing", producer));

		leadInstead(relay(refused, Clock.systemUTC(), NO_TRACER, this.settings), () -> {
			append(aParcel("before-refusing", "1"));
			awaitPublished("before-refusing", 1);
			int term = this.superuser.pidOf(ROWS_SESSION);
			append(aRecord("refusing", "refused-for-now", "1"), aParcel("beside-refusing", "1"));
			await().untilAsserted(() -> assertThat(rowsOf("beside-refusing")).isZero());

			assertThat(this.superuser.pidOf(ROWS_SESSION)).as("session of the same term").isEqualTo(term);
			assertThat(rowsOf("refused-for-now")).isEqualTo(1);
		});

		refused.destroy();
		await().untilAsserted(() -> assertThat(valuesOf("refusing", "refused-for-now")).containsExactly("1"));
	}

	/** Observed on a new topic: the producer retried an overtaken batch forever. */
	@Test
	void letsNoBatchOvertakeAnotherOfItsPartition() {
		assertThat(this.producers.getConfigurationProperties())
			.containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
	}

	private OutboxProperties impatient() {
		return new OutboxProperties(this.settings.source(), null, this.settings.pollInterval(),
				this.settings.batchSizeMax(), this.settings.rowsInFlightMax(), this.settings.bytesInFlightMax(),
				Duration.ofSeconds(1), this.settings.backoff());
	}

	private OutboxRelay relay(DefaultKafkaProducerFactory<byte[], byte[]> producers, Clock clock, Tracer tracer,
			OutboxProperties settings) {
		return new OutboxRelay(relayConnections(), producers, new Wake(), settings,
				new RelayTelemetry(new OutboxMetrics(new SimpleMeterRegistry(), clock), new SendSpans(tracer)));
	}

	private void leadInstead(OutboxRelay other, Runnable test) {
		this.relay.stop();
		other.start();
		try {
			test.run();
		}
		finally {
			other.stop();
			this.relay.start();
		}
	}

	private DefaultKafkaProducerFactory<byte[], byte[]> factory(ProducerPostProcessor<byte[], byte[]> around) {
		DefaultKafkaProducerFactory<byte[], byte[]> factory = new DefaultKafkaProducerFactory<>(
				this.producers.getConfigurationProperties());
		factory.setPhysicalCloseTimeout(0);
		factory.addPostProcessor(around);
		return factory;
	}

	/** Like a producer whose thread has ended: it accepts records and never answers. */
	private static Producer<byte[], byte[]> silent(Producer<byte[], byte[]> producer) {
		return sendingBy(producer, (record, callback) -> new CompletableFuture<>());
	}

	/**
	 * The callback of the first answer blocks the producer's thread until the test ends.
	 */
	private static Producer<byte[], byte[]> stuck(Producer<byte[], byte[]> producer, CountDownLatch stuck,
			CountDownLatch test) {
		return sendingBy(producer, (record, callback) -> producer.send(record, (metadata, failure) -> {
			stuck.countDown();
			try {
				test.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}));
	}

	/** The error of a broker that denies the service a topic. */
	private static Producer<byte[], byte[]> refusedBy(String topic, Producer<byte[], byte[]> producer) {
		return sendingBy(producer, (record, callback) -> {
			if (!record.topic().equals(topic)) {
				return producer.send(record, callback);
			}
			Exception refusal = new TopicAuthorizationException(topic);
			callback.onCompletion(null, refusal);
			return CompletableFuture.failedFuture(refusal);
		});
	}

	@SuppressWarnings("unchecked")
	private static Producer<byte[], byte[]> sendingBy(Producer<byte[], byte[]> producer, Send send) {
		return (Producer<byte[], byte[]>) Proxy.newProxyInstance(RelayFailureIT.class.getClassLoader(),
				new Class<?>[] { Producer.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("send")) {
						return send.send((ProducerRecord<byte[], byte[]>) arguments[0], (Callback) arguments[1]);
					}
					try {
						return method.invoke(producer, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private static SpanProcessor failingOnce(AtomicBoolean failed) {
		return new SpanProcessor() {
			@Override
			public void onStart(Context parent, ReadWriteSpan span) {
			}

			@Override
			public boolean isStartRequired() {
				return false;
			}

			@Override
			public void onEnd(ReadableSpan span) {
				if (failed.compareAndSet(false, true)) {
					throw new IllegalStateException("as the test says");
				}
			}

			@Override
			public boolean isEndRequired() {
				return true;
			}
		};
	}

	private interface Send {

		Future<?> send(ProducerRecord<byte[], byte[]> record, Callback callback);

	}

}
