package dev.orderflow.scaling;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** Output and messages of the command. */
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
			.contains("oldest", "rebalances", "Replica-seconds", "Reversals");
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
		assertThat(this.out.toString()).contains("flash-sale           20 times the load", "broker-down", "Examples:",
				"crowdedStartSeconds", "arrivals: { 4: 12446");
	}

	@Test
	void listsTheScenariosForAnUnknownOne() {
		assertThat(run(this.file, "flashsale")).isEqualTo(2);
		assertThat(this.err.toString()).contains(
				"Unknown scenario 'flashsale': expected --arrivals, --prometheus or one of steady, flash-sale, diurnal");
	}

	@Test
	void saysWhatToDoWithoutAFileOrAScaledObject() throws IOException {
		assertThat(run(this.directory.resolve("no.yaml"), "steady")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Rendered manifests are in k8s/rendered");
		Path empty = Files.writeString(this.directory.resolve("empty.yaml"), "kind: Service\n");
		assertThat(run(empty, "steady")).isEqualTo(2);
		assertThat(this.err.toString()).contains("No ScaledObject in");
	}

	@Test
	void asksForTheServiceIfThereAreSeveral() throws IOException {
		Path both = Files.writeString(this.directory.resolve("both.yaml"),
				OBJECT.formatted("inventory-service") + OBJECT.formatted("shipping-service"));
		assertThat(run(both, "steady")).isEqualTo(2);
		assertThat(this.err.toString()).contains("choose one with --service: inventory-service, shipping-service");
		assertThat(run(both, "steady", "--service", "shipping-service")).isZero();
		assertThat(run(both, "steady", "--service", "billing-service")).isEqualTo(2);
		assertThat(this.err.toString()).contains("No ScaledObject billing-service");
	}

	@Test
	void asksForAMissingMeasurement() throws IOException {
		Path other = Files.writeString(this.directory.resolve("other.yaml"), OBJECT.formatted("billing-service"));
		assertThat(run(other, "steady")).isEqualTo(2);
		assertThat(this.err.toString()).contains("set --start and --per-second", "Measured are:");
		assertThat(run(other, "steady", "--start", "5", "--per-second", "100")).isZero();
		assertThat(run(other, "steady", "--start", "5", "--per-second", "0")).isEqualTo(2);
	}

	@Test
	void namesTheFieldThatIsWrong() throws IOException {
		Path wrong = Files.writeString(this.directory.resolve("wrong.yaml"),
				OBJECT.formatted("x").replace("lagThreshold", "lagTreshold"));
		assertThat(run(wrong, "steady")).isEqualTo(2);
		assertThat(this.err.toString())
			.contains("wrong.yaml: ScaledObject x: spec.triggers[0]: unknown metadata.lagTreshold");
	}

	@Test
	void simulatesRecordedArrivals() throws IOException {
		assertThat(run(this.file, "--csv", "--arrivals", arrivals("seconds: 60\nperSecond: 5\narrivals: { 3: 700 }")))
			.isZero();
		assertThat(this.out.toString().lines()).hasSize(61);
		assertThat(this.out.toString()).contains("\n3,700.0,");
	}

	@Test
	void reportsTheInvalidLineOfTheArrivals() throws IOException {
		assertThat(List.of("seconds: 60\narrivals:\n  3: many", "seconds: 60\n\nstart: 7", "seconds: 60\n---\n- 1",
				"seconds: 60\nstartSeconds: -7\narrivals: { 1: 1 }", "seconds: 9\narrivals: { 9: 1 }",
				"seconds: 60\nassignor: sticky\narrivals: { 1: 1 }", "seconds: 60\nseconds: 70",
				"seconds: 60\nperSecond: \"5", "arrivals: { 1: 1 }", "seconds: 60\narrivals:\n  1: 1\n  1: 2"))
			.extracting(this::complaintAbout)
			.containsExactly("3: expected a whole number of records, found many",
					"3: expected seconds, firstPollSecond, firstSyncSecond, syncPeriodSeconds, startSeconds, "
							+ "crowdedStartSeconds, perSecond, assignor or arrivals, found start",
					"1: expected arrivals as second: records, found none",
					"2: expected startSeconds of 0 to 1000000, found -7",
					"2: expected arrivals before second 9, found 9",
					"2: expected assignor range or uniform, found sticky",
					"2: expected seconds only once, found seconds", "2: expected YAML",
					"1: expected seconds of 1 to 86400, found none", "4: expected second 1 only once, found 2");
	}

	@Test
	void refusesAScenarioBesideArrivals() throws IOException {
		Path arrivals = arrivals("seconds: 60\narrivals: { 3: 700 }");
		assertThat(run(this.file, "steady", "--arrivals", arrivals)).isEqualTo(2);
		assertThat(this.err.toString()).contains("--arrivals and --prometheus exclude SCENARIO and --rate");
		assertThat(run(this.file)).isEqualTo(2);
		assertThat(this.err.toString()).contains("No scenario given: expected --arrivals, --prometheus or one of");
	}

	private Path arrivals(String yaml) throws IOException {
		return Files.writeString(this.directory.resolve("arrivals.yaml"), yaml);
	}

	private String complaintAbout(String yaml) {
		try {
			this.err.getBuffer().setLength(0);
			assertThat(run(this.file, "--arrivals", arrivals(yaml))).isEqualTo(2);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String first = this.err.toString().lines().findFirst().orElseThrow();
		String complaint = first.substring(first.indexOf("arrivals.yaml:") + "arrivals.yaml:".length());
		return complaint.contains("expected YAML") ? complaint.substring(0, complaint.indexOf(",")) : complaint;
	}

}
