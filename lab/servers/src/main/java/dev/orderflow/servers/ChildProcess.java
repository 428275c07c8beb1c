package dev.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process that this JVM started. Its output goes to a file. The terminal's Ctrl-C
 * reaches the whole foreground group, so the child is started with SIGINT ignored: it
 * ends only through {@link #stop}, in the order its starter chose. Limit: if this JVM is
 * killed, the child survives, unless it watches its standard input, which ends with this
 * JVM.
 */
public final class ChildProcess implements AutoCloseable {

	private static final Duration POLL = Duration.ofMillis(50);

	private static final Duration STOP_MAX = Duration.ofSeconds(15);

	private final String name;

	private final OutputFile log;

	private final Process process;

	private ChildProcess(String name, OutputFile log, Process process) {
		this.name = name;
		this.log = log;
		this.process = process;
	}

	/**
	 * Starts a process.
	 * @param name what it is called in messages
	 * @param command program and arguments
	 * @param environment variables added to this JVM's own
	 * @param log where its output goes, appended
	 */
	public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
		List<String> shielded = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
		shielded.addAll(command);
		ProcessBuilder builder = new ProcessBuilder(shielded);
		builder.environment().putAll(environment);
		builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		try {
			Files.createDirectories(log.toAbsolutePath().getParent());
			OutputFile output = OutputFile.appendedTo(log);
			return new ChildProcess(name, output, builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not start " + name + ": " + command.getFirst(), ex);
		}
	}

	/**
	 * Starts a main class from the class path of this JVM, on the same JDK. The class
	 * path travels in the environment, so that its length has no limit and {@code ps}
	 * stays readable.
	 */
	public static ChildProcess startJava(String name, List<String> options, String mainClass, List<String> arguments,
			Path log) {
		List<String> command = new ArrayList<>();
		command.add(javaExecutable());
		command.addAll(options);
		command.add(mainClass);
		command.addAll(arguments);
		return start(name, command, Map.of("CLASSPATH", System.getProperty("java.class.path")), log);
	}

	/** The {@code java} that runs this JVM. */
	public static String javaExecutable() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/** What the process is called in messages. */
	public String name() {
		return this.name;
	}

	/** Its process id. */
	public long pid() {
		return this.process.pid();
	}

	/** Where its output goes. */
	public Path log() {
		return this.log.path();
	}

	/** Whether it still runs; true for a stopped (SIGSTOP) one. */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Exit status; empty while it runs. 128 or more means 128 plus the signal that ended
	 * it.
	 */
	public OptionalInt exitStatus() {
		return isAlive() ? OptionalInt.empty() : OptionalInt.of(this.process.exitValue());
	}

	/** Everything it has written so far. */
	public String output() {
		return this.log.text();
	}

	/** Waits until its output contains {@code text}; the rest is as {@link #await}. */
	public void awaitOutput(String text, Duration bound) {
		await("to write '" + text + "'", bound, () -> output().contains(text));
	}

	/**
	 * Waits until the condition holds. Fails at the bound, or as soon as the process
	 * ends; the message has the log's path and last lines.
	 * @param expectation completes the sentence "Expected x ..."
	 */
	public void await(String expectation, Duration bound, BooleanSupplier condition) {
		long deadline = System.nanoTime() + bound.toNanos();
		while (!condition.getAsBoolean()) {
			if (!isAlive()) {
				throw failure(expectation, "it ended with status " + this.process.exitValue());
			}
			if (System.nanoTime() > deadline) {
				throw failure(expectation, "it did not within " + bound.toSeconds() + " s");
			}
			pause(POLL);
		}
	}

	/** Waits until the process ends by itself, and returns its status. */
	public int awaitExit(Duration bound) {
		if (!exitsWithin(bound)) {
			throw failure("to end", "it still ran after " + bound.toSeconds() + " s");
		}
		return this.process.exitValue();
	}

	/** Sends a signal by name, {@code STOP} for example. */
	public void signal(String signal) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).redirectErrorStream(true)
				.start();
			if (kill.waitFor() != 0) {
				throw new IllegalStateException(
						"Could not send SIG" + signal + " to " + this.name + " (pid " + pid() + ")");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not send SIG" + signal + " to " + this.name, ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/** Ends the process with SIGKILL, as a crash would, and waits until it is gone. */
	public void kill() {
		this.process.destroyForcibly();
		awaitExit(STOP_MAX);
	}

	/** Asks the process to end (SIGTERM) and does not wait. */
	public void requestStop() {
		this.process.destroy();
	}

	/**
	 * Asks the process to end (SIGTERM), and kills it (SIGKILL) if it still runs after
	 * the bound.
	 * @return whether it ended when asked
	 */
	public boolean stop(Duration bound) {
		this.process.destroy();
		if (exitsWithin(bound)) {
			return true;
		}
		kill();
		return false;
	}

	@Override
	public void close() {
		stop(STOP_MAX);
	}

	private boolean exitsWithin(Duration bound) {
		try {
			return this.process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private IllegalStateException failure(String expectation, String found) {
		return new IllegalStateException("Expected %s %s, but %s. Its log is %s and ends with:%n%s".formatted(this.name,
				expectation, found, this.log.path(), this.log.end()));
	}

	private static void pause(Duration duration) {
		try {
			Thread.sleep(duration);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted while waiting for a process", ex);
	}

}
