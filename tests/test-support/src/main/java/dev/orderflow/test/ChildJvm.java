package dev.orderflow.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.orderflow.servers.ChildProcess;

/**
 * A main class of the current test class path in a JVM of its own, to be killed or
 * stopped in the middle of its work. Its output goes to a file, which failures quote.
 */
public final class ChildJvm implements AutoCloseable {

	private final ChildProcess process;

	private ChildJvm(ChildProcess process) {
		this.process = process;
	}

	/**
	 * Starts a main class.
	 * @param directory where the output goes, as {@code <simple name>-<n>.log}
	 * @param main the class with the main method
	 * @param arguments of the main method, {@code --server.port=8080} for example
	 */
	public static ChildJvm start(Path directory, Class<?> main, List<String> arguments) {
		String name = main.getSimpleName();
		int number = 1;
		while (directory.resolve(name + "-" + number + ".log").toFile().exists()) {
			number++;
		}
		Path log = directory.resolve(name + "-" + number + ".log");
		List<String> options = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
		return new ChildJvm(ChildProcess.startJava(name, options, main.getName(), arguments, log));
	}

	/** Its process id. */
	public long pid() {
		return this.process.pid();
	}

	/** Whether it still runs; true if it is frozen. */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** Everything it has written so far. */
	public String output() {
		return this.process.output();
	}

	/** Waits until its output contains {@code text}; fails at once when it ends first. */
	public void awaitOutput(String text, Duration bound) {
		this.process.awaitOutput(text, bound);
	}

	/**
	 * Waits until the condition holds; fails at once when the JVM ends first.
	 * @param expectation completes the sentence "Expected Main ..."
	 */
	public void await(String expectation, Duration bound, BooleanSupplier condition) {
		this.process.await(expectation, bound, condition);
	}

	/** Waits until it ends by itself, and returns its status. */
	public int awaitExit(Duration bound) {
		return this.process.awaitExit(bound);
	}

	/** Ends it as a crash would, and returns when it is gone. */
	public void sigkill() {
		this.process.kill();
	}

	/** Freezes it, as a long pause of the machine would. */
	public void sigstop() {
		this.process.signal("STOP");
	}

	/** Sends any other signal by name, {@code TERM} for example. */
	public void signal(String signal) {
		this.process.signal(signal);
	}

	/** Resumes a frozen JVM. */
	public void sigcont() {
		this.process.signal("CONT");
	}

	/** Asks it to end, and kills it if it does not. */
	@Override
	public void close() {
		this.process.close();
	}

}
