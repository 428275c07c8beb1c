package dev.orderflow.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.orderflow.audit.TopicRecords;
import dev.orderflow.demo.Instance;
import dev.orderflow.demo.Stack;
import dev.orderflow.events.Topics;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.topology.Service;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What became of the records that the consumers of a running system have read. */
final class Flooded {

	private final Stack stack;

	Flooded(Stack stack) {
		this.stack = stack;
	}

	String bootstrapServers() {
		return this.stack.bootstrapServers();
	}

	/** The services that read topics. */
	List<Service> readers() {
		return this.stack.topology().services().stream().filter((service) -> !service.consumes().isEmpty()).toList();
	}

	/** Each topic that a service reads. */
	List<String> topics() {
		return readers().stream().flatMap((service) -> service.reads().stream()).distinct().toList();
	}

	/** Records that some service has not committed. */
	long lag() {
		return readers().stream()
			.mapToLong((service) -> service.reads()
				.stream()
				.mapToLong((topic) -> ConsumerGroups.lag(bootstrapServers(), service.name(), topic))
				.sum())
			.sum();
	}

	/** By service, in total. */
	Map<String, Counts> counts() throws IOException, InterruptedException {
		Map<String, Counts> counts = new LinkedHashMap<>();
		for (Service service : readers()) {
			long delivered = service.reads()
				.stream()
				.mapToLong((topic) -> ConsumerGroups.written(bootstrapServers(), topic))
				.sum();
			Map<String, Long> outcomes = new TreeMap<>();
			for (Instance instance : this.stack.running()) {
				if (instance.name().startsWith(service.name())) {
					ExportedMetrics.byLabel(instance, "inbox_events_total", "outcome")
						.forEach((outcome, count) -> outcomes.merge(outcome, count.longValue(), Long::sum));
				}
			}
			counts.put(service.name(), new Counts(delivered, outcomes, lettersOf(service).size()));
		}
		return counts;
	}

	/** Origin of each dead letter of a service: topic, partition and offset. */
	List<String> lettersOf(Service service) {
		List<String> origins = new ArrayList<>();
		try (Connection database = Objects.requireNonNull(this.stack.databases().get(service.name())).connect();
				Statement statement = database.createStatement();
				ResultSet row = statement
					.executeQuery("select origin_topic, origin_partition, origin_offset from dead_letter")) {
			while (row.next()) {
				origins.add("%s-%s@%s".formatted(row.getString(1), row.getString(2), row.getString(3)));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not read the dead letters of " + service.name(), ex);
		}
		return origins;
	}

	/** Origin of each record on the DLQ topics of a service. */
	List<String> copiesOnDlq(Service service) {
		List<String> origins = new ArrayList<>();
		for (String topic : service.consumes()) {
			TopicRecords.forEach(bootstrapServers(), Topics.dlq(topic, service.name()).name(),
					(record) -> origins.add("%s-%s@%s".formatted(header(record, "dlq-origin-topic"),
							header(record, "dlq-origin-partition"), header(record, "dlq-origin-offset"))));
		}
		return origins;
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
	}

	/**
	 * Counts of one service.
	 *
	 * @param delivered records on its topics
	 * @param byOutcome records, by what became of them
	 * @param letters rows of dead letters
	 */
	record Counts(long delivered, Map<String, Long> byOutcome, long letters) {

		long outcomes() {
			return this.byOutcome.values().stream().mapToLong(Long::longValue).sum();
		}

		long deadLettered() {
			return this.byOutcome.getOrDefault("dead-lettered", 0L);
		}

		Counts minus(Counts before) {
			Map<String, Long> outcomes = new TreeMap<>(this.byOutcome);
			before.byOutcome.forEach((outcome, count) -> outcomes.merge(outcome, -count, Long::sum));
			return new Counts(this.delivered - before.delivered, outcomes, this.letters - before.letters);
		}

	}

}
