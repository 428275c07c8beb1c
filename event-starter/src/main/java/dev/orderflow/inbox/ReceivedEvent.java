package dev.orderflow.inbox;

import java.net.URI;
import java.time.Instant;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event as a handler gets it.
 *
 * @param id with {@code source}, the identity of the event
 * @param source who published it
 * @param type the CloudEvents type
 * @param time when it happened
 * @param correlationId the business process it belongs to, or null if the producer set
 * none
 * @param partition the partition it came on, for counters kept per partition
 * @param data the event's data
 * @param envelope the event as it came: every attribute, and the bytes of the data
 */
public record ReceivedEvent<E>(String id, URI source, String type, Instant time, @Nullable String correlationId,
		int partition, E data, CloudEvent envelope) {

	/** Without the data, which may be personal. */
	@Override
	public String toString() {
		return "ReceivedEvent[%s, %s, %s]".formatted(this.type, this.source, this.id);
	}

}
