package dev.orderflow.operate;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Parked outbox rows: those that the broker refused, with the later rows of their keys.
 */
@Command(name = "outbox", sortOptions = false,
		description = "Lists and releases outbox rows that the broker refused, with the later rows of their keys.")
final class OutboxCommand {

	@ParentCommand
	private @Nullable DeadLetters parent;

	@Command(name = "list", sortOptions = false, description = "Lists parked rows, oldest first.")
	int list(
			@Option(names = "--limit", paramLabel = "N", defaultValue = "50",
					description = "Most rows. Default: ${DEFAULT-VALUE}.") int limit,
			@Option(names = "--after", paramLabel = "ID", defaultValue = "0",
					description = "Only rows with higher ids.") long after) {
		JsonNode page = command().endpoint().get("/outbox?limit=%d&cursor=%d".formatted(limit, after));
		if (command().json()) {
			return command().print(page);
		}
		Table table = new Table("ID", "PARKED SINCE", "TOPIC", "KEY", "BYTES", "REASON");
		for (JsonNode row : page.path("items")) {
			table.add(Table.cell(row, "id", 20), Table.time(row, "parkedAt"), Table.cell(row, "topic", 40),
					Table.cell(row, "key", 36), Table.cell(row, "bytes", 10), Table.cell(row, "reason", 100));
		}
		command().print(table.toString());
		if (!page.path("nextCursor").isNull()) {
			command().print("More: --after %s%n".formatted(page.path("nextCursor").asString()));
		}
		return 0;
	}

	@Command(name = "release", description = "Releases rows, each with all other parked rows of its key.")
	int release(@Parameters(paramLabel = "ID", arity = "1..*") List<Long> ids) {
		Endpoint endpoint = command().endpoint();
		for (long id : ids) {
			JsonNode released = endpoint.post("/outbox/%d/release".formatted(id),
					JsonNodeFactory.instance.objectNode().put("by", command().by()));
			command().print(command().json() ? released + System.lineSeparator()
					: "released: row %d with its key, %s rows%n".formatted(id, released.path("rows").asString()));
		}
		return 0;
	}

	private DeadLetters command() {
		return Objects.requireNonNull(this.parent);
	}

}
