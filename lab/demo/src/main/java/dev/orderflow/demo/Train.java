package dev.orderflow.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.orderflow.audit.OrderRun;
import dev.orderflow.setup.CommandRunner;
import dev.orderflow.topology.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Training run of a service for the JVM's AOT cache (JEP 514): the JVM records the
 * classes and profiles of a start, of batches of published orders and of requests. The
 * service runs as in its image, on temporary servers of its own; the services beside it
 * publish what it consumes. If the orders do not add up, no image is built.
 */
@Command(name = "train", sortOptions = false, exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:cache written", "1:failed", "2:wrong arguments" },
		description = { "Runs a service with real traffic until its JVM has written an AOT cache.", "" })
public final class Train implements Callable<Integer> {

	private static final int REQUESTS = 200;

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	/* Several images are often built in parallel. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/* The JVM writes the cache in a second JVM, which shares its processors. */
	private static final Duration WRITE_MAX = Duration.ofMinutes(10);

	@Option(names = "--root", paramLabel = "DIRECTORY", required = true,
			description = "Project directory, with built jars.")
	private Path root = Path.of("");

	@Option(names = "--service", required = true, description = "Name of the service.")
	private String service = "";

	@Option(names = "--cache", paramLabel = "FILE", required = true,
			description = "File of the cache, which COMMAND writes.")
	private Path cache = Path.of("");

	@Option(names = "--orders", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
	private int orders = 2000;

	@Parameters(paramLabel = "COMMAND", arity = "1..*", description = "Program and arguments of the service.")
	private List<String> command = List.of();

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	private boolean help;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Runs the command line. */
	public static void main(String[] arguments) {
		CommandRunner.run(new Train(), arguments);
	}

	@Override
	public Integer call() throws IOException, InterruptedException {
		PrintWriter out = this.spec.commandLine().getOut();
		StackSettings settings = StackSettings.fixedPorts(this.root)
			.withState(Files.createTempDirectory("train"))
			.withOnly(this.service, this.command);
		try (Stack stack = new Stack(settings, (line) -> say(out, line))) {
			stack.start();
			int status = new OrderRun(stack.instance("order-service").uri(), stack.reconciler(), PATIENCE,
					(line) -> say(out, line))
				.run(this.orders);
			if (status != 0) {
				return status;
			}
			Instance trained = stack.instance(this.service);
			read(stack, trained);
			trained.process().requestStop();
			int ended = trained.process().awaitExit(WRITE_MAX);
			if (!Files.exists(this.cache)) {
				throw new IllegalStateException("%s did not write %s; it ended with status %d and this output:%n%s"
					.formatted(this.service, this.cache, ended, trained.process().output()));
			}
			say(out, "%s of %d MB".formatted(this.cache, Files.size(this.cache) / (1000 * 1000)));
			return 0;
		}
	}

	/* Sends the requests of people and of Prometheus. */
	private static void read(Stack stack, Instance trained) throws IOException, InterruptedException {
		Service service = stack.topology().service(trained.name());
		List<UUID> orders = stack.reconciler().storedOrders().stream().limit(REQUESTS).toList();
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
			for (UUID order : orders) {
				get(http, trained.uri().resolve(service.example().replace("<orderId>", order.toString())));
				if (trained.name().equals("order-service")) {
					get(http, trained.uri().resolve("/orders/" + order));
					get(http, trained.uri().resolve("/orders/" + order + "/timeline"));
				}
				get(http, trained.managementUri().resolve("/actuator/prometheus"));
			}
		}
	}

	private static void get(HttpClient http, URI uri) throws IOException, InterruptedException {
		int status = http.send(HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build(), BodyHandlers.discarding())
			.statusCode();
		if (status != 200) {
			throw new IllegalStateException("Status %2$d from %1$s: expected 200".formatted(uri, status));
		}
	}

	private static void say(PrintWriter out, String line) {
		out.println(line);
		out.flush();
	}

}
