package dev.orderflow.orders.http;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orderflow.orders.history.TimelineEntry;
import io.swagger.v3.oas.annotations.media.Schema;

/** One event of an order as the API returns it. */
@Schema(name = "TimelineEntry")
record TimelineEntryView(@Schema(description = "When it happened") Instant at,
		@Schema(description = "Short name of the event's type", example = "order.placed") String event, UUID eventId,
		@Schema(description = "The service that published it", format = "uri-reference",
				example = "/orderflow/order-service") URI source,
		@Schema(description = "The result, in a few words", example = "2 lines, 13540 cents EUR") String detail) {

	private static final Pattern TYPE = Pattern.compile("dev\\.orderflow\\.(.+)\\.v\\d+");

	static TimelineEntryView of(TimelineEntry entry) {
		return new TimelineEntryView(entry.at(), shortName(entry.type()), entry.eventId(), entry.source(),
				entry.detail());
	}

	/**
	 * {@code order.placed} for {@code dev.orderflow.order.placed.v1}, or the whole type
	 * if it is not one of Orderflow's.
	 */
	private static String shortName(String type) {
		Matcher matcher = TYPE.matcher(type);
		return matcher.matches() ? matcher.group(1) : type;
	}

}
