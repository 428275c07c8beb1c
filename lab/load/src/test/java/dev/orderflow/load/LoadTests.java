package dev.orderflow.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class LoadTests {

	@TempDir
	Path report;

	private final StringWriter errors = new StringWriter();

	@Test
	void listsTheScenariosIfNoneIsGiven() {
		assertThat(run()).isEqualTo(2);
		assertThat(this.errors.toString()).contains("steady", "flash-sale", "poison", "No scenario given");
	}

	@Test
	void listsTheScenariosForAnUnknownOne() {
		assertThat(run("stady")).isEqualTo(2);
		assertThat(this.errors.toString()).contains("steady", "flash-sale", "poison", "Unknown scenario 'stady'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					steady     --rate 0               | --rate is out of range: expected 0.1 to 1000, found 0
					steady     --rate 1001            | --rate is out of range: expected 0.1 to 1000, found 1001
					steady     --rate NaN             | --rate is out of range: expected 0.1 to 1000, found NaN
					steady     --rate many            | 'many' is not a number
					steady     --duration 4s          | --duration is out of range: expected 5s to 4h, found 4s
					steady     --duration 4h1s        | --duration is out of range: expected 5s to 4h, found 4h1s
					steady     --duration soon        | 'soon' is not a time: expected one such as 90s or 1h30m
					steady     --reads-percent 101    | --reads-percent is out of range: expected 0 to 100, found 101
					steady     --cancel-percent -1    | --cancel-percent is out of range: expected 0 to 100, found -1
					steady     --failed-percent -1    | --failed-percent is out of range: expected 0 to 100, found -1
					steady     --url localhost:8080   | --url is not an HTTP URL: expected one such as http://localhost:8080, found localhost:8080
					steady     --url ftp://shop       | --url is not an HTTP URL: expected one such as http://localhost:8080, found ftp://shop
					steady     --bootstrap there:1    | Unknown options: '--bootstrap', 'there:1'
					flash-sale --factor 1             | --factor is out of range: expected 2 to 100, found 1
					flash-sale --rate 200             | --rate times --factor is out of range: expected 0 to 2000, found 4000
					poison     --poison-percent 51    | --poison-percent is out of range: expected 1 to 50, found 51
					poison     --poison-percent 0     | --poison-percent is out of range: expected 1 to 50, found 0
					""")
	void reportsInvalidOptions(String line, String message) {
		assertThat(run(line.split(" +"))).isEqualTo(2);
		assertThat(this.errors.toString()).contains(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "steady", "flash-sale", "poison" })
	void reportsAnUnavailableServiceBeforeItStarts(String scenario) throws IOException {
		assertThat(run(scenario, "--url", "http://localhost:" + freePort())).isEqualTo(1);
		assertThat(this.errors.toString()).contains("The catalogue of order-service", "./demo", "--url");
		try (var begun = Files.list(this.report)) {
			assertThat(begun).isEmpty();
		}
	}

	@Test
	void reportsADirectoryThatItCannotCreate() throws IOException {
		Path file = Files.createFile(this.report.resolve("taken"));

		assertThat(execute(List.of("steady", "--report", file.toString()))).isEqualTo(2);
		assertThat(this.errors.toString()).contains("Cannot create the directory of --report", "taken");
	}

	private int run(String... arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		if (arguments.length > 0) {
			all.addAll(List.of("--report", this.report.toString()));
		}
		return execute(all);
	}

	private int execute(List<String> arguments) {
		CommandLine command = Load.commandLine();
		command.setErr(new PrintWriter(this.errors));
		return command.execute(arguments.toArray(String[]::new));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
