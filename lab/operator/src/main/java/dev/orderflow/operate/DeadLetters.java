package dev.orderflow.operate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code bin/deadletters} runs. */
@Command(name = "deadletters", sortOptions = false, subcommands = { OutboxCommand.class, ConsumptionCommand.class },
		description = { "Dead letters, parked outbox rows and the consumption of a running service.", "" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:done", "1:nothing was changed: no letter matches, or not confirmed", "2:wrong arguments",
				"3:the service does not answer", "4:the service refuses" },
		footerHeading = "%nExamples:%n",
		footer = { "  bin/deadletters shipping-service list --state OPEN --newer-than 1h",
				"  bin/deadletters shipping-service show 42", "  bin/deadletters shipping-service redrive 42",
				"  bin/deadletters shipping-service redrive --reason 'carrier' --dry-run",
				"  bin/deadletters shipping-service redrive --all --rate 200",
				"  bin/deadletters shipping-service purge --type dev.orderflow.order.placed.v1 --confirm 3",
				"  bin/deadletters order-service outbox list",
				"  bin/deadletters shipping-service consumption resume --why 'column restored'",
				"  bin/deadletters http://localhost:9081 count" })
public final class DeadLetters {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** Letters of one call without a rate. */
	private static final int BATCH = 1000;

	/** Width of a reason in a list. */
	private static final int REASON_WIDTH = 130;

	private static final String NONE = """
			Nothing was changed. %s changes letters in state %s, and none of those matches: see list""";

	private static final Map<String, String> CHANGES = Map.of("redrive", "OPEN", "park", "OPEN", "resume",
			"PARKED (with --state or an id also REDRIVEN)", "purge", "OPEN or PARKED");

	@Option(names = { "-h", "--help" }, usageHelp = true, scope = CommandLine.ScopeType.INHERIT,
			description = "Show this help.")
	private boolean help;

	@Parameters(index = "0", paramLabel = "SERVICE",
			description = "Name of a service on this machine, or the URL of a management port.")
	private String service = "";

	@Option(names = "--token", paramLabel = "TOKEN",
			description = "The operator's credential. Default: ORDERFLOW_OPERATOR_TOKEN; on this machine the demo's.")
	private @Nullable String token;

	@Option(names = "--by", paramLabel = "NAME", description = "Who decides, for the audit. Default: your user name.")
	private String by = System.getProperty("user.name", "unknown");

	@Option(names = "--json", scope = CommandLine.ScopeType.INHERIT, description = "Print the answers as JSON lines.")
	private boolean json;

	@Spec
	private @Nullable CommandSpec spec;

	private final Map<String, String> environment;

	DeadLetters(Map<String, String> environment) {
		this.environment = environment;
	}

	/** Runs the command line. */
	public static void main(String[] arguments) {
		System.exit(commandLine(System.getenv()).execute(arguments));
	}

	static CommandLine commandLine(Map<String, String> environment) {
		CommandLine commandLine = new CommandLine(new DeadLetters(environment));
		commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
			if (failure instanceof RefusedException refusal) {
				command.getErr().println(refusal.getMessage());
				return refusal.exitCode();
			}
			throw failure;
		});
		return commandLine;
	}

	@Command(name = "list", sortOptions = false, description = "Lists letters, newest first.")
	int list(@Mixin Selection selection,
			@Option(names = "--limit", paramLabel = "N", defaultValue = "50",
					description = "Most letters; more follow with --before. Default: ${DEFAULT-VALUE}.") int limit,
			@Option(names = "--before", paramLabel = "ID",
					description = "Only letters with lower ids.") @Nullable Long before) {
		Map<String, String> further = new LinkedHashMap<>(Map.of("limit", Integer.toString(limit)));
		if (before != null) {
			further.put("cursor", before.toString());
		}
		JsonNode page = endpoint().get(selection.query(further));
		if (this.json) {
			return print(page);
		}
		Table table = new Table("ID", "STATE", "DEAD SINCE", "KEY", "TYPE", "TRIES", "REDRIVES", "REASON");
		for (JsonNode letter : page.path("items")) {
			table.add(Table.cell(letter, "id", 20), Table.cell(letter, "state", 10), Table.time(letter, "deadAt"),
					Table.cell(letter, "key", 36), Table.cell(letter, "type", 45), Table.cell(letter, "attempts", 10),
					Table.cell(letter, "redrives", 10), Table.cell(letter, "reason", REASON_WIDTH));
		}
		print(table.toString());
		if (!page.path("nextCursor").isNull()) {
			print("More: --before %s%n".formatted(page.path("nextCursor").asString()));
		}
		return 0;
	}

	@Command(name = "count", description = "Counts letters by state.")
	int count(@Mixin Selection selection) {
		JsonNode count = endpoint().get("/count" + selection.query(Map.of()));
		if (this.json) {
			return print(count);
		}
		Table table = new Table("STATE", "LETTERS");
		count.path("states").properties().forEach((state) -> table.add(state.getKey(), state.getValue().asString()));
		table.add("all", count.path("count").asString());
		return print(table.toString());
	}

	@Command(name = "show",
			description = "Shows a letter: headers, data without personal values, what was done with it.")
	int show(@Parameters(paramLabel = "ID") long id) {
		JsonNode content = endpoint().get("/" + id);
		return this.json ? print(content) : print(LetterText.of(content));
	}

	@Command(name = "redrive", sortOptions = false,
			description = "Sends open letters back to the consumer that set them aside.")
	int redrive(@Mixin Selection selection, @Mixin Which which, @Option(names = "--rate", paramLabel = "PER_SECOND",
			description = "Most letters in a second. Default: no limit.") @Nullable Integer rate) {
		if (rate != null && rate < 1) {
			throw new RefusedException(2, "--rate is out of range: expected 1 or more letters a second, found " + rate);
		}
		return carryOut("redrive", selection, which, rate, null);
	}

	@Command(name = "park", sortOptions = false, description = "Sets open letters aside: they raise no alert any more.")
	int park(@Mixin Selection selection, @Mixin Which which) {
		return carryOut("park", selection, which, null, null);
	}

	@Command(name = "resume", sortOptions = false,
			description = "Opens parked letters, or with --state REDRIVEN those whose record got lost.")
	int resume(@Mixin Selection selection, @Mixin Which which) {
		return carryOut("resume", selection, which, null, null);
	}

	@Command(name = "purge", sortOptions = false,
			description = "Gives open and parked letters up: erases their payloads. Nothing undoes this.")
	int purge(@Mixin Selection selection, @Mixin Which which, @Option(names = "--confirm", paramLabel = "N",
			description = "The number of letters, as --dry-run counts them.") @Nullable Long confirm) {
		return carryOut("purge", selection, which, null, (confirm != null) ? confirm : -1);
	}

	/**
	 * Counts the letters, then changes those, in calls that each change a bounded number.
	 * Letters that come later are left.
	 * @param confirmed the number that the operator expects, -1 if none was given; null
	 * if the action needs no confirmation
	 */
	private int carryOut(String action, Selection selection, Which which, @Nullable Integer rate,
			@Nullable Long confirmed) {
		Endpoint endpoint = endpoint();
		ObjectNode body = JSON.createObjectNode().put("by", this.by);
		selection.addTo(body, which.ids, which.all);
		JsonNode plan = endpoint.post("/" + action, body.deepCopy().put("dryRun", true));
		long letters = plan.path("letters").asLong();
		if (letters == 0) {
			throw new RefusedException(1, NONE.formatted(action, CHANGES.get(action)));
		}
		if (which.dryRun) {
			print(this.json ? plan.toString() + System.lineSeparator()
					: "%s would change %s%n".formatted(action, letters(letters)));
			return 0;
		}
		if (confirmed != null && confirmed != letters) {
			throw new RefusedException(1,
					"Nothing was changed. %s would erase the payloads of %s for good; if you mean that, add --confirm %d"
						.formatted(action, letters(letters), letters));
		}
		body.put("upTo", plan.path("lastId").asLong());
		long changed = new Batches(endpoint, "/" + action, body, command().getErr()).run(letters,
				(rate != null) ? rate : BATCH, rate != null, confirmed != null);
		print(this.json ? JSON.createObjectNode().put("action", action).put("letters", changed) + System.lineSeparator()
				: "%s: %s%n".formatted(action, letters(changed)));
		return (changed > 0) ? 0 : 1;
	}

	private static String letters(long count) {
		return count + ((count == 1) ? " letter" : " letters");
	}

	Endpoint endpoint() {
		String credential = (this.token != null) ? this.token : this.environment.get("ORDERFLOW_OPERATOR_TOKEN");
		return Endpoint.of(this.service, credential);
	}

	boolean json() {
		return this.json;
	}

	String by() {
		return this.by;
	}

	int print(JsonNode answer) {
		return print(answer + System.lineSeparator());
	}

	int print(String text) {
		command().getOut().print(text);
		command().getOut().flush();
		return 0;
	}

	private CommandLine command() {
		return Objects.requireNonNull(this.spec).commandLine();
	}

	/** Options of an action. */
	static final class Which {

		@Parameters(paramLabel = "ID", arity = "0..*", description = "Ids of letters, instead of a filter.")
		private List<Long> ids = new ArrayList<>();

		@Option(names = "--all", description = "Every letter in a state that the action changes.")
		private boolean all;

		@Option(names = "--dry-run", description = "Count the letters, and change nothing.")
		private boolean dryRun;

	}

}
