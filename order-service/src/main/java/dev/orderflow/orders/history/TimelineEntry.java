package dev.orderflow.orders.history;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * One thing that happened to an order.
 *
 * @param at time of the event
 * @param event short name of the event's type: {@code order.placed} for
 * {@code dev.orderflow.order.placed.v1}
 * @param source the service that published the event
 * @param detail the result, in a few words
 */
record TimelineEntry(@Schema(description = "When it happened") Instant at,
		@Schema(description = "Short name of the event's type", example = "order.placed") String event, UUID eventId,
		@Schema(description = "The service that published it", format = "uri-reference",
				example = "/orderflow/order-service") URI source,
		@Schema(description = "What came of it, in a few words", example = "2 lines, 13540 cents EUR") String detail) {

	private static final Pattern TYPE = Pattern.compile("dev\\.orderflow\\.(.+)\\.v\\d+");

	/** The short name, or the whole type if it is not one of Orderflow's. */
	static String shortName(String type) {
		Matcher matcher = TYPE.matcher(type);
		return matcher.matches() ? matcher.group(1) : type;
	}

}
