package dev.orderflow.demo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DemoTests {

	@TempDir
	private Path root;

	private final StringWriter err = new StringWriter();

	private final StringWriter out = new StringWriter();

	@ParameterizedTest
	@ValueSource(strings = { "--rate -1", "--rate 0.05", "--rate 501", "--rate many", "--rate NaN", "--orders 0",
			"--orders 1000001", "--exit", "--memory --orders 3", "--kafka-port 0", "--carrier-port 0",
			"--metrics-port 70000", "--service-port order-service=70000", "--service-port nobody=8080", "--unknown" })
	void refusesWrongArgumentsWithStatusTwo(String arguments) {
		assertThat(run(arguments)).isEqualTo(2);
		assertThat(this.err.toString()).contains("Usage: demo");
	}

	@Test
	void explainsEveryOptionAndExitCodeInEightyColumns() {
		assertThat(run("--help")).isZero();
		assertThat(this.out.toString().lines()).allMatch((line) -> line.length() <= 80);
		assertThat(this.out.toString()).contains("--rate", "--orders", "--exit", "--keep", "--memory",
				"--postgres-port", "--kafka-port", "--carrier-port", "--service-port", "--metrics-port", "Exit codes",
				"Examples");
	}

	@Test
	void reportsThatNoDemoIsRunning() {
		assertThat(run("--memory")).isOne();
	}

	private int run(String arguments) {
		String[] all = Stream.concat(Stream.of("--root", this.root.toString()), Stream.of(arguments.split(" ")))
			.toArray(String[]::new);
		return Demo.commandLine().setErr(new PrintWriter(this.err)).setOut(new PrintWriter(this.out)).execute(all);
	}

}
