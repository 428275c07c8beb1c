package dev.orderflow.orders.history;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing that happened to an order.
 *
 * @param at time of the event
 * @param type the event's type, for example {@code dev.orderflow.order.placed.v1}
 * @param source the service that published the event
 * @param detail the result, in a few words
 */
public record TimelineEntry(Instant at, String type, UUID eventId, URI source, String detail) {
}
