package dev.orderflow.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: a child JVM runs what the test names, and crashes, freezes and ends when told.
 * Method: this class is its own child.
 */
class ChildJvmIT {

	private static final Duration BOUND = Duration.ofSeconds(20);

	@TempDir
	private Path directory;

	public static void main(String[] arguments) throws InterruptedException {
		System.out.println("started with " + String.join(" ", arguments));
		if (arguments[0].equals("fail")) {
			throw new IllegalStateException("as asked");
		}
		for (int tick = 0;; tick++) {
			System.out.println("tick " + tick);
			Thread.sleep(20);
		}
	}

	@Test
	void runsAMainClassOfTheTestsAndDiesWhenKilled() {
		try (ChildJvm child = start("tick")) {
			child.awaitOutput("started with tick", BOUND);

			child.sigkill();

			assertThat(child.isAlive()).isFalse();
		}
	}

	@Test
	void freezesAndGoesOn() throws InterruptedException {
		try (ChildJvm child = start("tick")) {
			child.awaitOutput("tick 1", BOUND);

			child.sigstop();
			Thread.sleep(100);
			String frozen = child.output();
			Thread.sleep(200);
			assertThat(child.output()).isEqualTo(frozen);
			assertThat(child.isAlive()).isTrue();

			child.sigcont();
			child.await("to go on", BOUND, () -> child.output().length() > frozen.length());
		}
	}

	@Test
	void ignoresTheInterruptOfATerminal() {
		try (ChildJvm child = start("tick")) {
			child.awaitOutput("tick 1", BOUND);

			child.signal("INT");

			int length = child.output().length();
			child.await("to go on", BOUND, () -> child.output().length() > length + 20);
		}
	}

	@Test
	void saysWhyItEndedTooEarly() {
		try (ChildJvm child = start("fail")) {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> child.awaitOutput("never", BOUND))
				.withMessageContaining("ended with status 1")
				.withMessageContaining("as asked")
				.withMessageContaining(this.directory.toString());
		}
	}

	private ChildJvm start(String mode) {
		return ChildJvm.start(this.directory, ChildJvmIT.class, List.of(mode));
	}

}
