package dev.orderflow.outbox;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * An event as a use case states it. The outbox adds id, source and time.
 *
 * @param topic where it is published
 * @param subject what it is about; also the record's key, so that all events of one
 * subject stay in order on one partition
 * @param type the CloudEvents type
 * @param dataSchema identifies the schema of the data, with its version
 * @param data written as JSON
 * @param correlationId the business process it belongs to
 * @param causationId id of the event that caused it, or null when a request did
 */
public record OutgoingEvent(String topic, String subject, String type, URI dataSchema, Object data,
		String correlationId, @Nullable String causationId) {
}
