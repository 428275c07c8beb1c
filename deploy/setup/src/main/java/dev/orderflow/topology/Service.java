package dev.orderflow.topology;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import org.jspecify.annotations.Nullable;

/**
 * A service as the stack sees it.
 *
 * @param name module, consumer group and prefix of its own topics
 * @param port where its HTTP interface is; management is at {@value #MANAGEMENT_OFFSET}
 * above
 * @param database name of its database and of its application role
 * @param produces topics that only this service writes
 * @param consumes topics it reads, each with a DLQ and a replay topic of its own
 * @param example path of a GET request that shows the service's purpose
 */
public record Service(String name, int port, String database, List<String> produces, List<String> consumes,
		String example) {

	/** Offset from the port to the management port. */
	public static final int MANAGEMENT_OFFSET = 1000;

	public Service(String name, int port, String database, @Nullable List<String> produces,
			@Nullable List<String> consumes, @Nullable String example) {
		this.name = Objects.requireNonNull(name, "A service has no name");
		this.port = port;
		this.database = Objects.requireNonNull(database, "No database for " + name);
		this.produces = (produces != null) ? List.copyOf(produces) : List.of();
		this.consumes = (consumes != null) ? List.copyOf(consumes) : List.of();
		this.example = (example != null) ? example : "/";
	}

	/** A service without an example. */
	public Service(String name, int port, String database, @Nullable List<String> produces,
			@Nullable List<String> consumes) {
		this(name, port, database, produces, consumes, null);
	}

	/**
	 * The topics its consumer group reads: those that it consumes, and their replay
	 * topics.
	 */
	public List<String> reads() {
		return this.consumes.stream()
			.flatMap((topic) -> Stream.of(topic, Topics.replay(topic, this.name).name()))
			.toList();
	}

	/** The topics that exist because of this service, with their settings. */
	public List<Topic> topics() {
		Stream<Topic> own = this.consumes.stream()
			.flatMap((topic) -> Stream.of(Topics.dlq(topic, this.name), Topics.replay(topic, this.name)));
		return Stream.concat(this.produces.stream().map(Topics::source), own).toList();
	}

}
