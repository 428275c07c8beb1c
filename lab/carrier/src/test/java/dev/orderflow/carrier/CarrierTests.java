package dev.orderflow.carrier;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CarrierTests {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@ParameterizedTest
	@ValueSource(strings = { "--port -1", "--port 70000", "--port some", "--latency -1", "--latency 60001",
			"--failure-rate -0.1", "--failure-rate 1.5", "--failure-rate NaN", "--host no.such.host.invalid",
			"--unknown" })
	void refusesWrongArgumentsWithStatusTwo(String arguments) {
		assertThat(run(arguments)).isEqualTo(2);
		assertThat(this.err.toString()).contains("Usage: carrier");
	}

	@Test
	void explainsEveryOptionAndExitCodeInEightyColumns() {
		assertThat(run("--help")).isZero();
		assertThat(this.out.toString().lines()).allMatch((line) -> line.length() <= 80);
		assertThat(this.out.toString()).contains("--port", "--host", "--latency", "--failure-rate", "Exit codes");
	}

	private int run(String arguments) {
		return Carrier.commandLine()
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(arguments.split(" "));
	}

}
