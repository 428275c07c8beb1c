package dev.orderflow.stack;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import dev.orderflow.stack.server.PortTakenException;
import dev.orderflow.stack.topology.Service;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code ./demo} runs: the whole system in the foreground until Ctrl-C, or a number
 * of orders through it with a check that nothing was lost or doubled. Exit status: 0 when
 * all adds up, 1 when it does not or something did not start, 2 for wrong arguments.
 */
@Command(name = "demo", sortOptions = false,
		description = "Runs Orderflow on this machine: PostgreSQL, Kafka and the services.")
public final class Demo implements Callable<Integer> {

	private static final int ORDERS_MAX = 1_000_000;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this.")
	private boolean help;

	@Option(names = "--orders", paramLabel = "N",
			description = "Place N orders (1 to " + ORDERS_MAX + "), then check that all adds up.")
	private @Nullable Integer orders;

	@Option(names = "--exit", description = "Stop after the check instead of staying up. Needs --orders.")
	private boolean exit;

	@Option(names = "--postgres-port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}.")
	private int postgresPort = StackSettings.POSTGRES_PORT;

	@Option(names = "--kafka-port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}.")
	private int kafkaPort = StackSettings.KAFKA_PORT;

	@Option(names = "--service-port", paramLabel = "SERVICE=PORT",
			description = "HTTP port of a service, repeatable; management is 1000 above.")
	private Map<String, Integer> servicePorts = Map.of();

	@Option(names = "--root", hidden = true)
	private Path root = Path.of("");

	@Spec
	private @Nullable CommandSpec spec;

	private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	/** Runs the command line. */
	public static void main(String[] arguments) {
		System.setProperty("logback.configurationFile", "stack-logback.xml");
		CommandLine commandLine = new CommandLine(new Demo());
		commandLine.registerConverter(Integer.class, Demo::wholeNumber);
		commandLine.registerConverter(int.class, Demo::wholeNumber);
		System.exit(commandLine.execute(arguments));
	}

	private static Integer wholeNumber(String text) {
		try {
			return Integer.valueOf(text);
		}
		catch (NumberFormatException ex) {
			throw new TypeConversionException("Expected a whole number, found '%s'".formatted(text));
		}
	}

	@Override
	public Integer call() throws InterruptedException {
		requireSensibleArguments();
		StackSettings settings = settings();
		Stack stack = new Stack(settings, this.out::println);
		Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-stop"));
		try {
			stack.start();
			int status = (this.orders != null) ? new OrderRun(stack, this.out::println).run(this.orders) : 0;
			if (!this.exit) {
				tellWhatToTry(stack);
				new CountDownLatch(1).await();
			}
			return status;
		}
		catch (PortTakenException ex) {
			return fail(ex.getMessage() + ". End what listens there, or choose another port: see ./demo --help");
		}
		catch (IllegalStateException ex) {
			// Whatever fails because of a Ctrl-C is no news.
			return stack.isClosed() ? 1
					: fail(ex.getMessage() + ((ex.getCause() != null) ? ": " + ex.getCause().getMessage() : ""));
		}
	}

	private int fail(@Nullable String message) {
		System.err.println(message);
		return 1;
	}

	private void requireSensibleArguments() {
		if (this.orders != null && (this.orders < 1 || this.orders > ORDERS_MAX)) {
			throw wrong("Expected --orders from 1 to %d, found %d".formatted(ORDERS_MAX, this.orders));
		}
		if (this.exit && this.orders == null) {
			throw wrong("Expected --orders N together with --exit, found --exit alone");
		}
		requirePort("--postgres-port", this.postgresPort);
		requirePort("--kafka-port", this.kafkaPort);
		this.servicePorts.forEach((service, port) -> requirePort("--service-port " + service, port));
	}

	private void requirePort(String option, int port) {
		int highest = 65535 - Service.MANAGEMENT_OFFSET;
		if (port < 1 || port > highest) {
			throw wrong("Expected %s from 1 to %d, found %d".formatted(option, highest, port));
		}
	}

	private StackSettings settings() {
		try {
			return StackSettings.fixedPorts(this.root).withPorts(this.postgresPort, this.kafkaPort, this.servicePorts);
		}
		catch (IllegalArgumentException ex) {
			throw wrong("--service-port: " + ex.getMessage());
		}
	}

	private ParameterException wrong(String message) {
		return new ParameterException((this.spec != null) ? this.spec.commandLine() : new CommandLine(this), message);
	}

	private void tellWhatToTry(Stack stack) {
		String orders = stack.instance("order-service").uri() + "/orders";
		this.out.println();
		stack.topology()
			.services()
			.forEach((service) -> this.out.printf("%-30s %s   health %s/actuator/health%n", service.name(),
					stack.instance(service.name()).uri(), stack.instance(service.name()).managementUri()));
		stack.databases()
			.forEach((service, database) -> this.out.printf("%-30s %s (user and password %s)%n",
					"database of " + service, database.jdbcUrl(), database.user()));
		this.out.printf("%-30s %s%n", "Kafka", stack.bootstrapServers());
		this.out.printf("""

				Try:
				  curl -i -H 'Content-Type: application/json' %1$s -d '{"customerId":"customer-1",
				    "lines":[{"sku":"SKU-MUG","quantity":2}],"shipTo":{"name":"Ada","street":"Lindenstr. 1",
				    "city":"Berlin","postalCode":"10969","country":"DE"}}'
				  curl %1$s/<orderId>
				  curl %2$s/stock
				  curl %3$s/recommendations/SKU-MUG
				  curl %4$s/sales/summary
				  curl %5$s/shipments/<orderId>

				Ctrl-C stops everything.
				""", orders, stack.instance("inventory-service").uri(), stack.instance("recommendation-service").uri(),
				stack.instance("analytics-service").uri(), stack.instance("shipping-service").uri());
	}

}
