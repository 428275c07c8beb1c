package dev.orderflow.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orderflow.audit.Reconciler;
import dev.orderflow.audit.TopicRecords;
import dev.orderflow.demo.Stack;
import dev.orderflow.demo.StackSettings;
import dev.orderflow.events.Topics;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: every consumer of placements dead-letters exactly the poison that the scenario
 * counts, kind by kind, and processes the valid orders among it. Method: the whole system
 * and the load generator run from their jars; then each DLQ is read, and topics and
 * databases are reconciled.
 */
class PoisonIT {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	private static final Duration BOUND = Duration.ofMinutes(2);

	@TempDir
	Path directory;

	@Test
	void everyConsumerDeadLettersEachPoisonRecord() throws IOException, InterruptedException {
		StackSettings settings = StackSettings.freePorts(Topology.load(), ROOT, this.directory.resolve("state"));
		try (Stack stack = new Stack(settings, System.out::println)) {
			stack.start();

			String said = poison(stack);

			var sent = kindsOn(stack, Topics.ORDERS);
			assertThat(sent).containsOnlyKeys("no-json", "no-headers", "too-old", "unstorable", "wrong-schema");
			sent.forEach((kind, count) -> assertThat(said).containsPattern(kind + " +" + count + "\\R"));
			for (Service consumer : stack.topology().services()) {
				if (consumer.consumes().contains(Topics.ORDERS)) {
					String dlq = Topics.dlq(Topics.ORDERS, consumer.name()).name();
					Map<String, Long> expected = readsPlacements(consumer) ? sent
							: Map.of("no-headers", sent.get("no-headers"));
					await(dlq).atMost(BOUND).untilAsserted(() -> assertThat(kindsOn(stack, dlq)).isEqualTo(expected));
				}
			}
			goodOrdersCameThrough(stack);
		}
	}

	/** The others skip what says that it is a placement. */
	private static boolean readsPlacements(Service consumer) {
		return !consumer.name().equals("recommendation-service");
	}

	private String poison(Stack stack) throws IOException, InterruptedException {
		Path report = this.directory.resolve("report");
		Path output = this.directory.resolve("output");
		Process load = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
				"target/load.jar", "poison", "--rate", "5", "--duration", "10s", "--poison-percent", "50",
				// A busy machine may refuse an order.
				"--failed-percent", "50", "--url", stack.instance("order-service").uri().toString(), "--inventory-url",
				stack.instance("inventory-service").uri().toString(), "--bootstrap", stack.bootstrapServers(),
				"--report", report.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		boolean ended = load.waitFor(BOUND);
		load.destroyForcibly();
		String said = Files.readString(output);
		System.out.println(said);
		assertThat(ended).as("ended within %s", BOUND).isTrue();
		assertThat(load.exitValue()).isZero();
		assertThat(report).isDirectoryRecursivelyContaining("glob:**/index.html");
		return said;
	}

	/** Ignores dead letters, and events on the topic without an order. */
	private static void goodOrdersCameThrough(Stack stack) {
		Reconciler reconciler = new Reconciler(stack.topology(), stack.databases(), stack.bootstrapServers());
		await("everything dealt with").atMost(BOUND).until(() -> reconciler.remaining() == 0);
		assertThat(reconciler.storedOrders()).isNotEmpty();
		assertThat(reconciler.reconcile(Optional.empty()).failures())
			.allSatisfy((failure) -> assertThat(failure.toString()).containsAnyOf("dead letters of", ".dlq",
					"orders whose events on the topic lead to their status"));
	}

	private static TreeMap<String, Long> kindsOn(Stack stack, String topic) {
		return TopicRecords.read(stack.bootstrapServers(), topic)
			.stream()
			.filter((record) -> record.headers().lastHeader(PoisonKind.HEADER) != null)
			.collect(Collectors.groupingBy(PoisonIT::kind, TreeMap::new, Collectors.counting()));
	}

	private static String kind(ConsumerRecord<byte[], byte[]> record) {
		return new String(record.headers().lastHeader(PoisonKind.HEADER).value(), StandardCharsets.UTF_8);
	}

}
