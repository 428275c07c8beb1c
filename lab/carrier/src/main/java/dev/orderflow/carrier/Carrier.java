package dev.orderflow.carrier;

import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the simulated carrier as a process of its own, until it is stopped. */
@Command(name = "carrier", sortOptions = false, exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "1:could not start", "2:wrong arguments", "143:stopped by SIGTERM (130: by Ctrl-C)" },
		description = { "Simulates the carrier that shipping-service calls. It forgets all bookings when",
				"it stops. While it runs, PUT /behaviour sets latency and failure rate.", "" })
public final class Carrier implements Callable<Integer> {

	private static final int PORT_MAX = 65_535;

	@Option(names = "--port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}.")
	private int port = CarrierServer.PORT;

	@Option(names = "--host", paramLabel = "ADDRESS",
			description = "Address to listen on; 0.0.0.0 in a container. Default: this machine only.")
	private InetAddress host = InetAddress.getLoopbackAddress();

	@Option(names = "--latency", paramLabel = "MILLISECONDS", description = "How long a call takes, 0 to "
			+ Behaviour.LATENCY_MILLIS_MAX + ". Default: ${DEFAULT-VALUE}.")
	private int latencyMillis = Behaviour.NORMAL.latencyMillis();

	@Option(names = "--failure-rate", paramLabel = "SHARE",
			description = "Share of the calls that is answered with 503, 0 to 1. Default: ${DEFAULT-VALUE}.")
	private double failureRate = Behaviour.NORMAL.failureRate();

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	private boolean help;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Runs the command line. */
	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return new CommandLine(new Carrier()).setExecutionExceptionHandler((failure, commandLine, parsed) -> {
			commandLine.getErr().println(failure.getMessage() + ": " + failure.getCause());
			return 1;
		});
	}

	@Override
	public Integer call() throws InterruptedException {
		Behaviour behaviour = behaviour();
		try (CarrierServer carrier = CarrierServer.start(this.host, this.port, behaviour)) {
			this.spec.commandLine().getOut().printf("Carrier on %s, %s%n", carrier.uri(), behaviour);
			this.spec.commandLine().getOut().flush();
			new CountDownLatch(1).await();
			return 0;
		}
	}

	private Behaviour behaviour() {
		if (this.port < 0 || this.port > PORT_MAX) {
			throw new ParameterException(this.spec.commandLine(),
					"--port is out of range: expected 0 to %d, found %d".formatted(PORT_MAX, this.port));
		}
		try {
			return new Behaviour(this.latencyMillis, this.failureRate);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.spec.commandLine(), ex.getMessage());
		}
	}

}
