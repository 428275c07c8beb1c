package dev.orderflow.setup;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.orderflow.events.Topic;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Creates the prerequisites of the services in {@code services.yaml}: a database with two
 * roles for each, and all topics. It is idempotent: run it at every start, and again
 * after a failure.
 */
@Command(name = "setup", sortOptions = false, exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:done", "1:failed", "2:wrong arguments" },
		description = {
				"Creates missing databases, roles and topics, and exits.", "Waits for PostgreSQL and Kafka.", "" },
		footerHeading = "%nVariables:%n",
		footer = { "  PGUSER, PGPASSWORD         a role that may create roles and databases. Default: postgres,",
				"                             no password",
				"  POSTGRES_PASSWORD_<ROLE>   the new password of a role, POSTGRES_PASSWORD_ORDERS",
				"                             for example. Default: the role's name, only for local use" })
public final class Setup implements Callable<Integer> {

	@Mixin
	private ServerOptions servers = new ServerOptions();

	@Option(names = "--replicas", paramLabel = "N", defaultValue = "${env:KAFKA_REPLICAS:-1}",
			description = "Replication factor of new topics. Also from KAFKA_REPLICAS. Default: 1.")
	private int replicas = 1;

	@Option(names = "--only", paramLabel = "WHAT", description = "Create only databases or only topics. Default: both.")
	private Optional<Part> only = Optional.empty();

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	private boolean help;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Runs the command line. */
	public static void main(String[] arguments) {
		CommandRunner.run(new Setup(), arguments);
	}

	@Override
	public Integer call() throws InterruptedException {
		if (this.replicas < 1) {
			throw new ParameterException(this.spec.commandLine(),
					"--replicas is out of range: expected at least 1, found " + this.replicas);
		}
		PrintWriter out = this.spec.commandLine().getOut();
		Waiting waiting = new Waiting(this.servers.waitMax(), out);
		Topology topology = Topology.load();
		if (includes(Part.DATABASES)) {
			makeDatabases(topology, waiting, out);
		}
		if (includes(Part.TOPICS)) {
			makeTopics(topology, waiting, out);
		}
		return 0;
	}

	private boolean includes(Part part) {
		return this.only.isEmpty() || this.only.get() == part;
	}

	private void makeDatabases(Topology topology, Waiting waiting, PrintWriter out) throws InterruptedException {
		DatabaseSetup databases = new DatabaseSetup(this.servers.databases(),
				ServerOptions.environment("PGUSER", PostgresSettings.SUPERUSER),
				ServerOptions.environment("PGPASSWORD", ""));
		this.servers.awaitPostgres(databases::connect, waiting);
		for (Service service : topology.services()) {
			Database database = databases.create(service.database());
			say(out, "database %s, roles %s and %s".formatted(service.database(), database.user(), database.ddlUser()));
		}
	}

	private void makeTopics(Topology topology, Waiting waiting, PrintWriter out) throws InterruptedException {
		this.servers.awaitKafka(this.replicas, waiting);
		List<String> created = TopicSetup.create(this.servers.kafka(), topology.topics(), this.replicas);
		for (Topic topic : topology.topics()) {
			say(out, "topic %s%s".formatted(topic.name(), created.contains(topic.name()) ? "" : ", exists already"));
		}
	}

	private static void say(PrintWriter out, String line) {
		out.println(line);
		out.flush();
	}

	/** Parts that can be created separately. */
	enum Part {

		DATABASES, TOPICS

	}

}
