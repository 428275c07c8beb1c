package dev.orderflow.audit;

import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.orderflow.setup.CommandRunner;
import dev.orderflow.setup.Database;
import dev.orderflow.setup.ServerOptions;
import dev.orderflow.setup.Waiting;
import dev.orderflow.topology.Topology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Places orders in a running environment and checks that everything adds up, as the demo
 * does.
 */
@Command(name = "reconcile", sortOptions = false, exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:everything adds up", "1:something does not, or no answer", "2:wrong arguments" },
		description = { "Places orders, waits until all are processed, and compares the responses with",
				"topics and databases. Nobody else may place orders meanwhile.", "" },
		footerHeading = "%nVariables:%n",
		footer = { "  POSTGRES_PASSWORD_<ROLE>   the password of a service's role, POSTGRES_PASSWORD_ORDERS",
				"                             for example. Default: the role's name" })
public final class Reconcile implements Callable<Integer> {

	private static final int ORDERS_MAX = 100_000;

	private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

	/* Within this time a restarted container or a rescheduled pod is back. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@Mixin
	private ServerOptions servers = new ServerOptions();

	@Option(names = "--orders", paramLabel = "N", defaultValue = "500",
			description = "Number of orders, 0 to " + ORDERS_MAX + ". Default: ${DEFAULT-VALUE}.")
	private int orders = 500;

	@Option(names = "--url", paramLabel = "URL", defaultValue = "${env:ORDER_SERVICE_URL:-http://localhost:8080}",
			description = "order-service. Also from ORDER_SERVICE_URL. Default: http://localhost:8080.")
	private URI url = URI.create("http://localhost:8080");

	@Option(names = "--carrier", paramLabel = "URL", defaultValue = "${env:CARRIER_URL:-" + Option.NULL_VALUE + "}",
			description = "The simulated carrier, whose record is compared too. Also from CARRIER_URL. Default: none.")
	private @Nullable URI carrier;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	private boolean help;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Runs the command line. */
	public static void main(String[] arguments) {
		CommandRunner.run(new Reconcile(), arguments);
	}

	@Override
	public Integer call() throws InterruptedException {
		if (this.orders < 0 || this.orders > ORDERS_MAX) {
			throw new ParameterException(this.spec.commandLine(),
					"--orders is out of range: expected 0 to %d, found %d".formatted(ORDERS_MAX, this.orders));
		}
		PrintWriter out = this.spec.commandLine().getOut();
		Topology topology = Topology.load();
		Map<String, Database> databases = new LinkedHashMap<>();
		topology.services()
			.forEach((service) -> databases.put(service.name(), this.servers.databases().database(service.database())));
		Waiting waiting = new Waiting(this.servers.waitMax(), out);
		for (Database database : databases.values()) {
			this.servers.awaitPostgres(database::connect, waiting);
		}
		this.servers.awaitKafka(1, waiting);
		awaitOrderService(waiting);
		int status = new OrderRun(this.url,
				new Reconciler(topology, databases, this.servers.bootstrapServers(), Optional.ofNullable(this.carrier)),
				PATIENCE, (line) -> say(out, line))
			.run(this.orders);
		if (status != 0) {
			say(out, "If anything else placed orders meanwhile, such as a load generator, stop it and run this again. "
					+ "Otherwise read the logs of the services in the table");
		}
		return status;
	}

	private void awaitOrderService(Waiting waiting) throws InterruptedException {
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
			HttpRequest request = HttpRequest.newBuilder(this.url.resolve("/products")).timeout(ANSWER_MAX).build();
			waiting.until("order-service on " + this.url, "set ORDER_SERVICE_URL for another one", () -> {
				int status = http.send(request, BodyHandlers.discarding()).statusCode();
				if (status != 200) {
					throw new IllegalArgumentException("%s answers %d".formatted(request.uri(), status));
				}
				return true;
			});
		}
	}

	private static void say(PrintWriter out, String line) {
		out.println(line);
		out.flush();
	}

}
