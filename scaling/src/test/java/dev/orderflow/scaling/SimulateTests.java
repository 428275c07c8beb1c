package dev.orderflow.scaling;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person sees of the command. */
class SimulateTests {

	private static final String OBJECT = """
			apiVersion: keda.sh/v1alpha1
			kind: ScaledObject
			metadata: { name: %s }
			spec:
			  scaleTargetRef: { name: x }
			  maxReplicaCount: 20
			  triggers:
			    - type: kafka
			      metadata: { bootstrapServers: "kafka:9092", consumerGroup: x, topic: orders, lagThreshold: "5000" }
			---
			""";

	@TempDir
	private Path directory;

	private Path file = Path.of("");

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@BeforeEach
	void aFile() throws IOException {
		this.file = Files.writeString(this.directory.resolve("one.yaml"), OBJECT.formatted("inventory-service"));
	}

	private int run(Object... arguments) {
		CommandLine commandLine = Simulate.commandLine();
		commandLine.setOut(new PrintWriter(this.out));
		commandLine.setErr(new PrintWriter(this.err));
		String[] texts = new String[arguments.length];
		for (int i = 0; i < texts.length; i++) {
			texts[i] = arguments[i].toString();
		}
		return commandLine.execute(texts);
	}

	@Test
	void writesATableWithASummary() {
		assertThat(run(this.file, "steady")).isZero();
		assertThat(this.out.toString()).contains("inventory-service, steady: half a replica's load")
			.contains("oldest", "rebalances", "Replica-seconds", "Changes of direction");
		assertThat(this.out.toString().lines()).hasSizeLessThan(60);
	}

	@Test
	void writesALineOfCsvForEachSecond() {
		assertThat(run(this.file, "steady", "--csv", "--rate", "10", "--start", "3", "--per-second", "50")).isZero();
		assertThat(this.out.toString().lines()).hasSize(7201)
			.first()
			.isEqualTo("second,perSecond,lag,metric,desired,replicas,ready,oldestAgeSeconds,rebalances");
	}

	@Test
	void namesTrapsBesideTheResult() {
		run(this.file, "steady");
		assertThat(this.err.toString()).contains("Trap: inventory-service: MAX_ABOVE_PARTITIONS")
			.contains("OFFSET_POLICY");
	}

	@Test
	void namesTheScenariosInItsHelp() {
		assertThat(run("--help")).isZero();
		assertThat(this.out.toString()).contains("flash-sale           20 times the load", "broker-down", "Examples:");
	}

	@Test
	void namesTheKnownScenariosWhereOneIsUnknown() {
		assertThat(run(this.file, "flashsale")).isEqualTo(2);
		assertThat(this.err.toString()).contains("found 'flashsale'. Known are: steady, flash-sale, diurnal");
	}

	@Test
	void saysWhatToDoAboutAFileThatIsNoneOrHasNone() throws IOException {
		assertThat(run(this.directory.resolve("no.yaml"), "steady")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Rendered ones are in k8s/rendered");
		Path empty = Files.writeString(this.directory.resolve("empty.yaml"), "kind: Service\n");
		assertThat(run(empty, "steady")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Expected a ScaledObject in", "found none");
	}

	@Test
	void asksWhichOneWhereThereAreSeveral() throws IOException {
		Path both = Files.writeString(this.directory.resolve("both.yaml"),
				OBJECT.formatted("inventory-service") + OBJECT.formatted("shipping-service"));
		assertThat(run(both, "steady")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Expected --service", "inventory-service, shipping-service");
		assertThat(run(both, "steady", "--service", "shipping-service")).isZero();
		assertThat(run(both, "steady", "--service", "billing-service")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Expected a ScaledObject billing-service");
	}

	@Test
	void asksForWhatNobodyMeasured() throws IOException {
		Path other = Files.writeString(this.directory.resolve("other.yaml"), OBJECT.formatted("billing-service"));
		assertThat(run(other, "steady")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Expected --start and --per-second", "Measured are:");
		assertThat(run(other, "steady", "--start", "5", "--per-second", "100")).isZero();
		assertThat(run(other, "steady", "--start", "5", "--per-second", "0")).isEqualTo(2);
	}

	@Test
	void namesTheFieldThatIsWrong() throws IOException {
		Path wrong = Files.writeString(this.directory.resolve("wrong.yaml"),
				OBJECT.formatted("x").replace("lagThreshold", "lagTreshold"));
		assertThat(run(wrong, "steady")).isEqualTo(2);
		assertThat(this.err.toString())
			.contains("wrong.yaml: ScaledObject x: spec.triggers[0]: expected no metadata.lagTreshold");
	}

}
