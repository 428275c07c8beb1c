package dev.orderflow.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.orderflow.demo.Stack;
import dev.orderflow.demo.StackSettings;
import dev.orderflow.topology.Topology;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

import org.springframework.util.FileSystemUtils;

/**
 * The system as it is shipped, one process a service, with JSON logs and with spans that
 * a collector takes. All journeys share one, since its start takes longer than most of
 * them: the first to ask for it starts it, and it stops after the last. Each journey
 * leaves every service running, and databases and topics that add up. Those that cannot
 * run last.
 *
 * @param settings where its parts listen
 * @param stack its processes
 * @param collector every span of every journey so far
 */
record WholeSystem(StackSettings settings, Stack stack, SpanCollector collector) implements AutoCloseable {

	static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	private static WholeSystem start() {
		SpanCollector collector = new SpanCollector();
		StackSettings settings = StackSettings.freePorts(Topology.load(), ROOT, directory())
			.withProperties(Map.of("management.opentelemetry.tracing.export.otlp.endpoint", collector.endpoint(),
					"management.opentelemetry.tracing.export.schedule-delay", "100ms",
					"management.tracing.sampling.probability", "1.0", "logging.structured.format.console", "ecs"));
		WholeSystem system = new WholeSystem(settings, new Stack(settings, System.out::println), collector);
		try {
			system.stack.start();
			return system;
		}
		catch (RuntimeException ex) {
			system.close();
			throw ex;
		}
	}

	private static Path directory() {
		try {
			return Files.createTempDirectory("orderflow-journeys-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not make a directory for the system", ex);
		}
	}

	@Override
	public void close() {
		this.stack.close();
		this.collector.close();
		try {
			FileSystemUtils.deleteRecursively(this.settings.state());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not delete " + this.settings.state(), ex);
		}
	}

	/** Hands the one system to whichever journey has a parameter for it. */
	static final class Shared extends TypeBasedParameterResolver<WholeSystem> {

		@Override
		public WholeSystem resolveParameter(ParameterContext parameter, ExtensionContext journey) {
			return journey.getRoot()
				.getStore(Namespace.GLOBAL)
				.computeIfAbsent(WholeSystem.class, (key) -> WholeSystem.start(), WholeSystem.class);
		}

	}

}
