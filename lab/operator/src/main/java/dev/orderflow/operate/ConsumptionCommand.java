package dev.orderflow.operate;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether a service's consumer may process events. */
@Command(name = "consumption", sortOptions = false,
		description = "Shows, pauses and resumes the processing of events by all replicas of a service.")
final class ConsumptionCommand {

	private static final int REASON_WIDTH = 300;

	@ParentCommand
	private @Nullable DeadLetters parent;

	@Command(name = "show", description = "Shows whether the consumption is paused, since when, by whom and why.")
	int show() {
		JsonNode state = command().endpoint().get("/consumption");
		return command().json() ? command().print(state) : command().print(text(state));
	}

	@Command(name = "pause", sortOptions = false,
			description = "Stops the processing of events in all replicas. They stay members of their group.")
	int pause(@Option(names = "--why", paramLabel = "TEXT", required = true,
			description = "What the next operator needs to know.") String why) {
		return change("pause", why);
	}

	@Command(name = "resume", sortOptions = false,
			description = "Lets all replicas process events again, after what broke them was repaired.")
	int resume(@Option(names = "--why", paramLabel = "TEXT", required = true,
			description = "What was repaired, for the audit.") String why) {
		return change("resume", why);
	}

	private int change(String action, String why) {
		JsonNode state = command().endpoint()
			.post("/consumption/" + action,
					JsonNodeFactory.instance.objectNode().put("by", command().by()).put("why", why));
		command().print(command().json() ? state + System.lineSeparator() : text(state));
		return state.path("changed").asBoolean() ? 0 : 1;
	}

	private static String text(JsonNode state) {
		return state.path("paused").asBoolean() ? "paused since %s by %s: %s%n".formatted(Table.time(state, "since"),
				Table.cell(state, "by", 100), Table.cell(state, "reason", REASON_WIDTH)) : "running%n".formatted();
	}

	private DeadLetters command() {
		return Objects.requireNonNull(this.parent);
	}

}
