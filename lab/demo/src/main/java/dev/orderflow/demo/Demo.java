package dev.orderflow.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import dev.orderflow.audit.OrderRun;
import dev.orderflow.carrier.CarrierServer;
import dev.orderflow.demo.summary.LagEndpoint;
import dev.orderflow.demo.summary.Screen;
import dev.orderflow.servers.PortTakenException;
import dev.orderflow.servers.Ports;
import dev.orderflow.topology.Topology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code ./demo} runs: the whole system in the foreground until Ctrl-C, with
 * incoming orders and a summary of their processing; or a fixed number of orders with a
 * check that none was lost or duplicated.
 */
@Command(name = "demo", sortOptions = false,
		description = { "Runs Orderflow on this machine: PostgreSQL, Kafka and the services, each in a",
				"process of its own. Places orders, and shows how they are processed.", "" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:all checks passed (--orders N --exit), or measured (--memory)",
				"1:a check or the start failed, or no demo to measure", "2:wrong arguments",
				"130:stopped by Ctrl-C (143: by SIGTERM)" },
		footerHeading = "%nExamples:%n",
		footer = { "  ./demo                         the system with a few orders a second",
				"  ./demo --rate 50               under more load",
				"  ./demo --rate 0                idle, for orders of your own",
				"  ./demo --orders 500 --exit     place 500 orders, check, stop; for scripts",
				"  ./demo --keep                  continue where the last start stopped",
				"  ./demo --kafka-port 29093 --service-port order-service=8180",
				"  ./demo --memory                in another terminal, while it runs" })
public final class Demo implements Callable<Integer> {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	private boolean help;

	@Option(names = "--rate", paramLabel = "RATE",
			description = "Average number of orders placed per second until Ctrl-C, in addition to a burst about every "
					+ "30 seconds: 0 for none, up to " + DemoArguments.RATE_MAX
					+ ". Default: ${DEFAULT-VALUE}. Stops after " + LiveView.ORDERS_MAX + " orders.")
	private double rate = DemoArguments.RATE;

	@Option(names = "--orders", paramLabel = "N", description = "First place N orders (1 to " + DemoArguments.ORDERS_MAX
			+ ") as fast as they are accepted, wait until all are processed, and check the results.")
	private @Nullable Integer orders;

	@Option(names = "--exit",
			description = "Stop after the check, and print the memory that all processes took. " + "Needs --orders.")
	private boolean exit;

	@Option(names = "--keep", description = "Continue with the databases and topics of the last start, in .demo. "
			+ "Without this option a start deletes them. " + "Processed events are counted from this start on.")
	private boolean keep;

	@Option(names = "--memory", description = "Print the memory of the running demo; start nothing.")
	private boolean memory;

	@Option(names = "--postgres-port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}.")
	private int postgresPort = Topology.POSTGRES_PORT;

	@Option(names = "--kafka-port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}.")
	private int kafkaPort = Topology.KAFKA_PORT;

	@Option(names = "--carrier-port", paramLabel = "PORT",
			description = "Where the simulated carrier listens. Default: ${DEFAULT-VALUE}.")
	private int carrierPort = CarrierServer.PORT;

	@Option(names = "--service-port", paramLabel = "SERVICE=PORT",
			description = "HTTP port of a service, repeatable; management is 1000 above.")
	private Map<String, Integer> servicePorts = Map.of();

	@Option(names = "--metrics-port", paramLabel = "PORT",
			description = "Port where your Prometheus can scrape the consumers' lag. Default: ${DEFAULT-VALUE}.")
	private int metricsPort = StackSettings.METRICS_PORT;

	@Option(names = "--all-interfaces",
			description = "Let other machines reach the services, including the management ports. Default: only this machine.")
	private boolean allInterfaces;

	@Option(names = "--root", hidden = true)
	private Path root = Path.of("");

	@Spec
	private @Nullable CommandSpec spec;

	private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	/** Runs the command line. */
	public static void main(String[] arguments) {
		System.setProperty("logback.configurationFile", "command-logback.xml");
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		CommandLine commandLine = new CommandLine(new Demo());
		commandLine.registerConverter(Integer.class, Demo::wholeNumber);
		commandLine.registerConverter(int.class, Demo::wholeNumber);
		commandLine.registerConverter(double.class, Demo::number);
		return commandLine;
	}

	private static Integer wholeNumber(String text) {
		try {
			return Integer.valueOf(text);
		}
		catch (NumberFormatException ex) {
			throw new TypeConversionException("'%s' is not a whole number".formatted(text));
		}
	}

	private static Double number(String text) {
		try {
			return Double.valueOf(text);
		}
		catch (NumberFormatException ex) {
			throw new TypeConversionException("'%s' is not a number".formatted(text));
		}
	}

	@Override
	public Integer call() throws InterruptedException {
		StackSettings settings = settings();
		if (this.memory) {
			return tellMemory(settings);
		}
		Stack stack = new Stack(settings, this.out::println);
		Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-stop"));
		try {
			Ports.requireFree(this.metricsPort, "the consumers' lag");
			if (this.keep) {
				stack.resume();
			}
			else {
				stack.start();
			}
			try (LagEndpoint lag = new LagEndpoint(stack.topology(), stack.bootstrapServers(), this.metricsPort)) {
				stack.beforeClose(lag::close);
				return run(stack, lag);
			}
		}
		catch (PortTakenException ex) {
			return fail(ex.getMessage()
					+ ". Stop the process that listens there, or choose another port: see ./demo --help");
		}
		catch (IllegalStateException ex) {
			// Failures caused by Ctrl-C are expected; do not report them.
			return stack.isClosed() ? 1
					: fail(ex.getMessage() + ((ex.getCause() != null) ? ": " + ex.getCause().getMessage() : ""));
		}
	}

	private int run(Stack stack, LagEndpoint lag) throws InterruptedException {
		int status = (this.orders != null) ? new OrderRun(stack.instance("order-service").uri(), stack.reconciler(),
				PATIENCE, this.out::println, LiveView.CANCELLED_SHARE)
			.run(this.orders) : 0;
		if (this.orders != null) {
			this.out.println();
			this.out.println(
					Timeline.longest(stack.instance("order-service").uri(), stack.reconciler().storedOrders()).table());
		}
		if (this.exit) {
			this.out.println();
			this.out.println(stack.memory());
			return status;
		}
		this.out.println(new WhatToTry(stack, lag.uri()).text());
		LiveView view = new LiveView(stack, new Screen(this.out, isTerminal()), this.rate);
		stack.beforeClose(() -> {
			view.close();
			lag.close();
		});
		view.open();
		new CountDownLatch(1).await();
		return status;
	}

	private static boolean isTerminal() {
		return System.console() != null && System.console().isTerminal() && !"dumb".equals(System.getenv("TERM"));
	}

	private int tellMemory(StackSettings settings) {
		List<Leftovers.Recorded> running = new Leftovers(settings.state()).running();
		if (running.isEmpty()) {
			return fail("No demo is running on %s. Start one with ./demo".formatted(settings.state()));
		}
		this.out.println(Memory.of(running).table());
		return 0;
	}

	private int fail(@Nullable String message) {
		System.err.println(message);
		return 1;
	}

	private StackSettings settings() {
		try {
			new DemoArguments(this.rate, this.orders, this.exit, this.memory).requireSensible();
			DemoArguments.requirePorts(this.postgresPort, this.kafkaPort, this.carrierPort, this.metricsPort,
					this.servicePorts);
			return StackSettings.fixedPorts(this.root)
				.withPorts(this.postgresPort, this.kafkaPort, this.carrierPort, this.servicePorts)
				.withProperties(this.allInterfaces
						? Map.of("server.address", "0.0.0.0", "management.server.address", "0.0.0.0") : Map.of());
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException((this.spec != null) ? this.spec.commandLine() : new CommandLine(this),
					ex.getMessage());
		}
	}

}
