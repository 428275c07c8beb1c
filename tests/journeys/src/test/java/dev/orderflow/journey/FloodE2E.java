package dev.orderflow.journey;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import dev.orderflow.audit.Cancellations;
import dev.orderflow.audit.Check;
import dev.orderflow.audit.OrderTraffic;
import dev.orderflow.audit.Reconciler;
import dev.orderflow.events.Topics;
import dev.orderflow.test.FuzzedRecords;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.topology.Service;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: a flood of records that nobody should write blocks no partition, harms no order,
 * and leaves no record without an outcome. Method: {@link FuzzedRecords} of real events,
 * compressed by each codec, go to every topic that a service of the whole system reads,
 * while orders are placed; then lag, outcomes, dead letters and databases are compared.
 * {@code -Dorderflow.flood.records=2000} writes more to each topic, and
 * {@code -Dorderflow.test.seed} others. It runs last, because it leaves its records, its
 * dead letters and spans without a parent.
 */
@ExtendWith(WholeSystem.Shared.class)
@Order(Integer.MAX_VALUE)
class FloodE2E {

	private static final int RECORDS = Integer.getInteger("orderflow.flood.records", 200);

	private static final long SEED = Long.getLong("orderflow.test.seed", 20_261_128L);

	/** Orders whose events the flood is made of. */
	private static final int BEFORE = 20;

	private static final int BESIDE = 100 + RECORDS / 4;

	private static final int CHUNK = 50;

	private static final Duration BOUND = Duration.ofMinutes(2).plus(Duration.ofMillis(300).multipliedBy(RECORDS));

	/** What a flood changes by itself: its records are on the topics. */
	private static final Set<String> OF_TOPICS = Set.of("orders on the topic",
			"orders whose events on the topic lead to their status",
			"orders whose events keep the sequence of the outbox", "records on the topic whose key is no order id");

	private final Random random = new Random(SEED);

	@Test
	void blocksNoPartitionAndHarmsNoOrder(WholeSystem system) throws Exception {
		Flooded flooded = new Flooded(system.stack());
		Reconciler reconciler = system.stack().reconciler();
		OrderTraffic traffic = new OrderTraffic(system.stack().instance("order-service").uri(), SEED, BOUND,
				Cancellations.none());
		Set<UUID> promised = new HashSet<>(reconciler.storedOrders());
		traffic.place(BEFORE);
		await("all events processed").atMost(BOUND).until(() -> reconciler.remaining() == 0 && flooded.lag() == 0);
		Map<String, Flooded.Counts> before = flooded.counts();
		Map<String, List<ConsumerRecord<byte[], byte[]>>> events = events(flooded, reconciler.storedOrders());
		int ended = system.stack().ended().size();

		CompletableFuture<Void> placing = CompletableFuture.runAsync(() -> traffic.place(BESIDE));
		long start = System.nanoTime();
		flood(flooded, events);
		placing.join();
		await("no lag").atMost(BOUND).until(() -> flooded.lag() == 0);
		await("all events processed").atMost(BOUND).until(() -> reconciler.remaining() == 0);

		System.out.printf("%d records on each of %s, seed %d, %.0f s%n", RECORDS, flooded.topics(), SEED,
				(System.nanoTime() - start) / 1e9);
		assertThat(system.stack().ended()).as("ended processes").hasSize(ended);
		flooded.counts().forEach((service, counts) -> {
			Flooded.Counts found = counts.minus(before.get(service));
			System.out.printf("%-24s %s%n", service, found);
			assertThat(found.outcomes()).as("outcomes in %s: %s", service, found).isEqualTo(found.delivered());
			assertThat(found.letters()).as("dead letters of %s: %s", service, found).isEqualTo(found.deadLettered());
		});
		for (Service service : flooded.readers()) {
			List<String> letters = flooded.lettersOf(service);
			List<String> copies = flooded.copiesOnDlq(service);
			System.out.printf("%-24s %d dead letters, %d copies on the DLQ%n", service.name(), letters.size(),
					copies.size());
			// The relay delivers at least once: a copy may be repeated, but none is
			// missing.
			assertThat(copies).as("copies on the DLQ of %s", service.name()).hasSameElementsAs(letters);
		}
		promised.addAll(traffic.accepted());
		assertThat(traffic.accepted()).as("orders accepted: refused %s", traffic.refused()).hasSize(BEFORE + BESIDE);
		assertThat(reconciler.reconcile(Optional.of(promised)).failures()).filteredOn((check) -> !isOfTheFlood(check))
			.isEmpty();
	}

	private static boolean isOfTheFlood(Check check) {
		return OF_TOPICS.contains(check.what()) || check.what().startsWith("dead letters of ")
				|| check.what().startsWith("records on ");
	}

	/**
	 * Events of these orders, by source topic. All are processed: what has the id of one
	 * of them is a duplicate, whatever its data says.
	 */
	private static Map<String, List<ConsumerRecord<byte[], byte[]>>> events(Flooded flooded, Set<UUID> orders) {
		Set<String> keys = orders.stream().map(UUID::toString).collect(Collectors.toSet());
		Map<String, List<ConsumerRecord<byte[], byte[]>>> events = new HashMap<>();
		for (String source : List.of(Topics.ORDERS, Topics.STOCK, Topics.SHIPMENTS)) {
			events.put(source,
					TopicReader.read(flooded.bootstrapServers(), source)
						.stream()
						.filter((record) -> record.key() != null
								&& keys.contains(new String(record.key(), StandardCharsets.UTF_8)))
						.toList());
		}
		return events;
	}

	private void flood(Flooded flooded, Map<String, List<ConsumerRecord<byte[], byte[]>>> events) {
		FuzzedRecords fuzzed = new FuzzedRecords(SEED, Clock.systemUTC());
		List<TopicWriter> writers = Arrays.stream(CompressionType.values())
			.map((codec) -> new TopicWriter(flooded.bootstrapServers(), codec))
			.toList();
		for (int written = 0; written < RECORDS; written += CHUNK) {
			for (String topic : flooded.topics()) {
				List<ConsumerRecord<byte[], byte[]>> sources = events.get(topic.split("\\.", 2)[0]);
				List<ProducerRecord<byte[], byte[]>> chunk = new ArrayList<>();
				for (int i = 0; i < Math.min(CHUNK, RECORDS - written); i++) {
					ConsumerRecord<byte[], byte[]> event = pick(sources);
					chunk.add(fuzzed.of(new ProducerRecord<>(topic, this.random.nextInt(Topics.PARTITIONS), event.key(),
							event.value(), event.headers())));
				}
				pick(writers).write(chunk);
			}
		}
		writers.forEach(TopicWriter::close);
	}

	private <T> T pick(List<T> among) {
		return among.get(this.random.nextInt(among.size()));
	}

}
