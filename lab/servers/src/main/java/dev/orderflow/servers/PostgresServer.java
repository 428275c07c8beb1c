package dev.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.orderflow.setup.Database;
import dev.orderflow.setup.DatabaseSetup;
import dev.orderflow.setup.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * PostgreSQL from binaries on the class path, with {@code fsync} and
 * {@code synchronous_commit} on: acknowledged data survives a crash of server and
 * machine, as in production. Roles other than the superuser log in with a password. The
 * server is a process in a session of its own, so Ctrl-C does not reach it;
 * {@link #close} ends it. Limit: if this JVM is killed, the server survives.
 */
public final class PostgresServer implements AutoCloseable {

	private static final Duration START_MAX = Duration.ofSeconds(60);

	private static final Duration KILL_MAX = Duration.ofSeconds(10);

	private static final Duration KILL_POLL = Duration.ofMillis(20);

	private final EmbeddedPostgres server;

	private final Path dataDirectory;

	private final long pid;

	private volatile boolean killed;

	private PostgresServer(EmbeddedPostgres server, Path dataDirectory, long pid) {
		this.server = server;
		this.dataDirectory = dataDirectory;
		this.pid = pid;
	}

	/**
	 * Starts a server on a data directory, which is initialised if empty and kept when
	 * the server stops.
	 * @param port where it listens, on the loopback address only
	 * @param log where its output goes
	 * @throws PortTakenException if the port is taken; without this check the library
	 * would silently use the other server
	 */
	public static PostgresServer start(int port, Path dataDirectory, Path log) {
		Ports.requireFree(port, "PostgreSQL");
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setPort(port)
			.setDataDirectory(dataDirectory)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setPGStartupWait(START_MAX)
			.setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.setDataDirectoryCustomizer((directory) -> writeAccessRules(directory.toPath()));
		// The library switches fsync and synchronous_commit off to be fast.
		PostgresSettings.SERVER.forEach(builder::setServerConfig);
		try {
			Files.createDirectories(dataDirectory);
			Files.createDirectories(log.toAbsolutePath().getParent());
			return new PostgresServer(builder.start(), dataDirectory, readPid(dataDirectory));
		}
		catch (IOException | IllegalStateException ex) {
			throw new IllegalStateException("PostgreSQL did not start on port %d. Its log is %s".formatted(port, log),
					ex);
		}
	}

	/** Where it listens. */
	public int port() {
		return this.server.getPort();
	}

	/** The id of the server's first process. */
	public long pid() {
		return this.pid;
	}

	/** The version, for example {@code 18.1}. */
	public String version() {
		try (Connection connection = this.server.getPostgresDatabase().getConnection()) {
			return connection.getMetaData().getDatabaseProductVersion();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not ask PostgreSQL for its version", ex);
		}
	}

	/**
	 * Creates a database with its two roles, as {@link DatabaseSetup#create} describes.
	 * @param name lower case letters, digits and underscores, at most 51
	 */
	public Database createDatabase(String name) {
		return new DatabaseSetup(port()).create(name);
	}

	/** A database that {@link #createDatabase} made, in this start or an earlier one. */
	public Database database(String name) {
		return new DatabaseSetup(port()).database(name);
	}

	/** Whether its first process runs. */
	public boolean isAlive() {
		return ProcessHandle.of(this.pid).filter(ProcessHandle::isAlive).isPresent();
	}

	/** Freezes all its processes (SIGSTOP), or lets them go on (SIGCONT). */
	public void signal(String signal) {
		List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
		processes().forEach((process) -> command.add(Long.toString(process.pid())));
		try {
			// A session that ended meanwhile is no error.
			new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not send SIG%s to PostgreSQL".formatted(signal), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while sending SIG%s to PostgreSQL".formatted(signal), ex);
		}
	}

	/**
	 * Ends all its processes with SIGKILL, as a crash of the machine would, and waits
	 * until they are gone. Closing it does nothing afterwards.
	 */
	public void kill() {
		this.killed = true;
		List<ProcessHandle> processes = processes();
		processes.forEach(ProcessHandle::destroyForcibly);
		long deadline = System.nanoTime() + KILL_MAX.toNanos();
		while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException(
						"PostgreSQL (pid %d) still runs %d s after SIGKILL".formatted(this.pid, KILL_MAX.toSeconds()));
			}
			LockSupport.parkNanos(KILL_POLL.toNanos());
		}
		releaseDataDirectory();
	}

	/** The library holds a lock on it, and releases that only when it stops a server. */
	private void releaseDataDirectory() {
		try {
			Files.deleteIfExists(this.dataDirectory.resolve("postmaster.pid"));
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not release " + this.dataDirectory, ex);
		}
	}

	/** The first one, then those that it started. */
	private List<ProcessHandle> processes() {
		return ProcessHandle.of(this.pid)
			.map((first) -> Stream.concat(Stream.of(first), first.descendants()).toList())
			.orElse(List.of());
	}

	/** Stops the server, rolling back open transactions. The data directory stays. */
	@Override
	public void close() {
		if (this.killed) {
			return;
		}
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not stop PostgreSQL (pid " + this.pid + ")", ex);
		}
		finally {
			ProcessHandle.of(this.pid).ifPresent(PostgresServer::killUnlessGone);
		}
	}

	private static void killUnlessGone(ProcessHandle process) {
		try {
			process.onExit().get(KILL_MAX.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	private static void writeAccessRules(Path dataDirectory) {
		try {
			Files.writeString(dataDirectory.resolve("pg_hba.conf"), PostgresSettings.accessRules("localhost"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not write the access rules in " + dataDirectory, ex);
		}
	}

	private static long readPid(Path dataDirectory) throws IOException {
		return Long.parseLong(Files.readAllLines(dataDirectory.resolve("postmaster.pid")).getFirst().trim());
	}

}
