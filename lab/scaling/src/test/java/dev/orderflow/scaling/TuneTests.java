package dev.orderflow.scaling;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Output and messages of the search. */
class TuneTests {

	@TempDir
	private Path directory;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private int run(String... options) {
		CommandLine commandLine = Tune.commandLine();
		commandLine.setOut(new PrintWriter(this.out));
		commandLine.setErr(new PrintWriter(this.err));
		List<String> arguments = new ArrayList<>(List.of(options));
		arguments.addAll(List.of("--manifests", Rendered.KIND.toString()));
		return commandLine.execute(arguments.toArray(String[]::new));
	}

	private int search(String... options) {
		List<String> arguments = new ArrayList<>(List.of("inventory-service", "--cost-replica-second", "1",
				"--cost-late-event", "0.01", "--policies", "20", "--show", "2"));
		arguments.addAll(List.of(options));
		return run(arguments.toArray(String[]::new));
	}

	@Test
	void printsTheCheapestPoliciesAsPatches() throws IOException {
		assertThat(search("--scenario", "steady")).isZero();
		assertThat(this.err.toString()).contains("Tried 16 of 20 policies", "Tried 20 of 20 policies");
		assertThat(this.out.toString()).startsWith("# inventory-service in steady. 20 policies tried.")
			.contains("# today          6300 replica-s", "# policy 2", "# Worst in steady: ");
		try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(this.out.toString())) {
			List<JsonNode> patches = documents.readAll();
			assertThat(patches).hasSize(2)
				.allSatisfy((patch) -> assertThat(patch.path("metadata").path("name").asString())
					.isEqualTo("inventory-service"));
		}
	}

	@Test
	void searchesForYourOwnArrivals() throws IOException {
		Path orders = Files.writeString(this.directory.resolve("orders.csv"),
				"second,events\n0,600\n60,60000\n120,0\n");
		assertThat(search("--arrivals", orders.toString())).isZero();
		assertThat(this.out.toString()).startsWith("# inventory-service in arrivals. 20 policies tried.");
	}

	@Test
	void saysWhatItExpected() {
		assertThat(run("order-service", "--cost-replica-second", "1", "--cost-late-event", "1")).isEqualTo(2);
		assertThat(this.err.toString()).contains("that scales on lag, one of analytics-service, inventory-service");
		assertThat(run("inventory-service")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--cost-replica-second=X", "--cost-late-event=Y");
		assertThat(search("--scenario", "flashsale")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Expected one of the scenarios steady, flash-sale", "found flashsale");
		assertThat(run("inventory-service", "--cost-replica-second", "1", "--cost-late-event", "1", "--policies", "0"))
			.isEqualTo(2);
		assertThat(this.err.toString()).contains("above 0, found 0, 60 and 3");
		assertThat(run("inventory-service", "--cost-replica-second", "-1", "--cost-late-event", "1")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Expected costs of 0 or more");
		assertThat(search("--arrivals", "no.csv")).isEqualTo(2);
		assertThat(this.err.toString()).contains("No file no.csv");
	}

}
