package dev.orderflow.journey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orderflow.events.Topics;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stands between topics and consumers and delivers to each consumer what it reads late,
 * repeatedly, and in a sequence of its own: events of one order overtake each other
 * within a topic and across topics, and some placements come last. A consumer reads
 * {@link #TOPICS} instead of its own topics.
 */
final class ShuffledDelivery implements AutoCloseable {

	/** What a service sets as {@code orderflow.inbox.topics}. */
	static final String TOPICS = "shuffled.${spring.application.name}";

	private static final Duration POLL = Duration.ofMillis(20);

	private static final int DELAY_MILLIS_MAX = 6000;

	/** Every third delivery is repeated, like a redrive. */
	private static final int REPEATED = 3;

	private final Map<String, List<Service>> readers = new HashMap<>();

	private final PriorityQueue<Delivery> waiting = new PriorityQueue<>();

	private final Map<String, Long> latest = new HashMap<>();

	private final AtomicBoolean stop = new AtomicBoolean();

	private final Random random;

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final KafkaProducer<byte[], byte[]> producer;

	private final Thread thread;

	private volatile boolean idle;

	private final AtomicInteger overtakings = new AtomicInteger();

	private final AtomicInteger repetitions = new AtomicInteger();

	private volatile Throwable failure;

	private long sequence;

	ShuffledDelivery(Topology topology, String bootstrapServers, long seed) {
		this.random = new Random(seed);
		for (Service service : topology.services()) {
			service.consumes()
				.forEach((topic) -> this.readers.computeIfAbsent(topic, (key) -> new ArrayList<>()).add(service));
		}
		createTopics(topology, bootstrapServers);
		this.consumer = new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
						ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
				new ByteArrayDeserializer(), new ByteArrayDeserializer());
		this.producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
				new ByteArraySerializer(), new ByteArraySerializer());
		this.thread = Thread.ofPlatform().name("shuffled-delivery").start(this::run);
	}

	private static void createTopics(Topology topology, String bootstrapServers) {
		List<NewTopic> topics = topology.services()
			.stream()
			.filter((service) -> !service.consumes().isEmpty())
			.flatMap((service) -> List
				.of("shuffled." + service.name(), Topics.dlq("shuffled." + service.name(), service.name()).name())
				.stream())
			.map((topic) -> new NewTopic(topic, Topics.PARTITIONS, (short) 1))
			.toList();
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
			admin.createTopics(topics).all().get();
		}
		catch (Exception ex) {
			throw new IllegalStateException("Could not create the topics of the shuffled delivery", ex);
		}
	}

	private void run() {
		try {
			List<TopicPartition> partitions = this.readers.keySet()
				.stream()
				.flatMap((topic) -> this.consumer.partitionsFor(topic).stream())
				.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
				.toList();
			this.consumer.assign(partitions);
			this.consumer.seekToBeginning(partitions);
			while (!this.stop.get()) {
				this.consumer.poll(POLL).forEach(this::schedule);
				deliver();
				this.idle = this.waiting.isEmpty() && this.consumer.endOffsets(partitions)
					.entrySet()
					.stream()
					.allMatch((end) -> this.consumer.position(end.getKey()) >= end.getValue());
			}
		}
		catch (RuntimeException | Error ex) {
			this.failure = ex;
		}
		finally {
			this.consumer.close();
			this.producer.close();
		}
	}

	private void schedule(ConsumerRecord<byte[], byte[]> record) {
		long number = this.sequence++;
		for (Service reader : this.readers.getOrDefault(record.topic(), List.of())) {
			long due = System.nanoTime() + delayNanos();
			this.waiting.add(new Delivery(due, number, reader, record, false));
			if (this.random.nextInt(REPEATED) == 0) {
				this.waiting.add(new Delivery(due + delayNanos(), number, reader, record, true));
			}
		}
	}

	/**
	 * Most are short and some very long: the events that follow from an event must come
	 * back before it arrives elsewhere.
	 */
	private long delayNanos() {
		return Duration.ofMillis(Math.round(Math.pow(this.random.nextDouble(), 4) * DELAY_MILLIS_MAX)).toNanos();
	}

	/** Keeps the partition, so that one order's events stay with one replica. */
	private void deliver() {
		for (Delivery next = this.waiting.peek(); next != null
				&& next.due() - System.nanoTime() <= 0; next = this.waiting.peek()) {
			this.waiting.remove();
			ConsumerRecord<byte[], byte[]> record = next.record();
			this.producer.send(new ProducerRecord<>("shuffled." + next.reader().name(), record.partition(),
					record.key(), record.value(), record.headers()));
			String order = next.reader().name() + text(record.key());
			if (next.again()) {
				this.repetitions.incrementAndGet();
			}
			else if (this.latest.merge(order, next.number(), Math::max) > next.number()) {
				this.overtakings.incrementAndGet();
			}
		}
		this.producer.flush();
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/** Whether everything on the topics has been delivered. */
	boolean isIdle() {
		assertThat(this.failure).as("failure of the delivery").isNull();
		return this.idle;
	}

	/** Deliveries before which a later event of the same order was delivered. */
	int overtakings() {
		return this.overtakings.get();
	}

	/** Deliveries that were repetitions. */
	int repetitions() {
		return this.repetitions.get();
	}

	@Override
	public void close() {
		this.stop.set(true);
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** One record on its way to one consumer. */
	private record Delivery(long due, long number, Service reader, ConsumerRecord<byte[], byte[]> record,
			boolean again) implements Comparable<Delivery> {

		@Override
		public int compareTo(Delivery other) {
			return Long.compare(this.due - other.due, 0);
		}

	}

}
