package dev.orderflow.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.orderflow.servers.ChildProcess;
import dev.orderflow.servers.Ports;
import dev.orderflow.topology.Service;

/**
 * One running process of a service. It can be killed and started again with the same
 * settings, on the same port.
 */
public final class Instance implements AutoCloseable {

	private static final Duration READY_MAX = Duration.ofMinutes(5);

	private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

	private static final Duration STOP_MAX = Duration.ofSeconds(30);

	/*
	 * C1 compiler only: the stack lives for minutes and spends most of its CPU time on
	 * starting. Not a setting for production.
	 */
	private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m");

	private final String name;

	private final String service;

	private final int port;

	private final List<String> command;

	private final Map<String, String> environment;

	private final Path log;

	private ChildProcess process;

	private Instance(String name, String service, int port, List<String> command, Map<String, String> environment,
			Path log) {
		this.name = name;
		this.service = service;
		this.port = port;
		this.command = command;
		this.environment = environment;
		this.log = log;
		this.process = launch(environment);
	}

	/**
	 * Launches a service without waiting for it.
	 * @param name what the process is called in messages and log
	 * @param properties Spring settings, handed over in the environment
	 */
	static Instance launch(String name, Service service, int port, StackSettings settings,
			Map<String, String> properties) {
		List<String> command = settings.commands().getOrDefault(service.name(), ofJar(settings.jar(service)));
		Map<String, String> environment = properties.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> environmentVariable(entry.getKey()), Map.Entry::getValue));
		return new Instance(name, service.name(), port, command, environment, settings.log(name));
	}

	/** What the process is called in messages and log. */
	public String name() {
		return this.name;
	}

	/** Where its HTTP interface is. */
	public URI uri() {
		return URI.create("http://localhost:" + this.port);
	}

	/** Where its management interface is. */
	public URI managementUri() {
		return URI.create("http://localhost:" + (this.port + Service.MANAGEMENT_OFFSET));
	}

	/** The process, to look at it, freeze it or end it as a crash would. */
	public ChildProcess process() {
		return this.process;
	}

	/** Waits until it reports that it is ready; a failure quotes its log. */
	public void awaitReady() {
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
			HttpRequest request = readiness();
			this.process.await("to be ready at " + request.uri(), READY_MAX, () -> answersOk(http, request));
		}
	}

	/** Whether it reports now that it is ready. */
	public boolean isReady() {
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
			return answersOk(http, readiness());
		}
	}

	private HttpRequest readiness() {
		return HttpRequest.newBuilder(managementUri().resolve("/actuator/health/readiness"))
			.timeout(ANSWER_MAX)
			.build();
	}

	/** Starts it again after it ended. Does not wait for it to be ready. */
	public void restart() {
		restart(Map.of());
	}

	/**
	 * Starts it again after it ended, this time with further Spring settings. Does not
	 * wait for it to be ready.
	 */
	void restart(Map<String, String> properties) {
		if (this.process.isAlive()) {
			throw new IllegalStateException("%s still runs, as pid %d".formatted(this.name, this.process.pid()));
		}
		Map<String, String> all = new HashMap<>(this.environment);
		properties.forEach((name, value) -> all.put(environmentVariable(name), value));
		this.process = launch(all);
	}

	/** Whether it is a process of that service. */
	boolean isOf(String serviceName) {
		return this.service.equals(serviceName);
	}

	/** Asks it to end, and kills it if it does not. */
	@Override
	public void close() {
		this.process.stop(STOP_MAX);
	}

	private ChildProcess launch(Map<String, String> environment) {
		Ports.requireFree(this.port, this.name);
		Ports.requireFree(this.port + Service.MANAGEMENT_OFFSET, this.name + " (management)");
		return ChildProcess.start(this.name, this.command, environment, this.log);
	}

	private static boolean answersOk(HttpClient http, HttpRequest request) {
		try {
			return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + request.uri(), ex);
		}
	}

	private static List<String> ofJar(Path jar) {
		List<String> command = new ArrayList<>(List.of(ChildProcess.javaExecutable()));
		command.addAll(JVM_OPTIONS);
		command.addAll(List.of("-jar", jar.toString()));
		return command;
	}

	/* Spring's relaxed binding: dots become underscores, dashes go. */
	private static String environmentVariable(String property) {
		return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
	}

}
