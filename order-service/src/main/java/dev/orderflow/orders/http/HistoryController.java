package dev.orderflow.orders.http;

import java.util.List;
import java.util.UUID;

import dev.orderflow.orders.history.OrderHistory;
import dev.orderflow.problem.Problems;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happened to an order, over HTTP. */
@RestController
@RequestMapping("/orders/{orderId}")
@Tag(name = "History")
class HistoryController {

	private final OrderHistory history;

	HistoryController(OrderHistory history) {
		this.history = history;
	}

	@GetMapping(path = "/timeline", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "readTimeline", summary = "Read the timeline of an order",
			description = "Its events in the order in which they happened, the first 100.")
	@ApiResponse(responseCode = "200", description = "The timeline")
	@ApiResponse(responseCode = "400", ref = "InvalidRequest")
	@ApiResponse(responseCode = "404", ref = "NotFound")
	List<TimelineEntryView> timeline(@PathVariable UUID orderId) {
		List<TimelineEntryView> timeline = this.history.timeline(orderId).stream().map(TimelineEntryView::of).toList();
		if (timeline.isEmpty()) {
			throw OrderProblems.orderNotFound(orderId);
		}
		return timeline;
	}

	@GetMapping(path = "/events/{eventId}", produces = { MediaType.APPLICATION_JSON_VALUE, JsonFormat.CONTENT_TYPE })
	@Operation(operationId = "readEvent", summary = "Read one event of an order",
			description = "The CloudEvent as it is on the topic: in binary mode (attributes in ce-* headers, the data "
					+ "as the body), or in structured mode where Accept asks for application/cloudevents+json.")
	@ApiResponse(responseCode = "200", description = "The CloudEvent", content = {
			@Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
					schema = @Schema(type = "object",
							description = "The data, as the schema says that ce-dataschema names")),
			@Content(mediaType = JsonFormat.CONTENT_TYPE, schema = @Schema(type = "object"),
					examples = @ExampleObject(name = "order.placed", ref = "#/components/examples/StructuredEvent")) })
	@ApiResponse(responseCode = "400", ref = "InvalidRequest")
	@ApiResponse(responseCode = "404", ref = "NotFound")
	CloudEvent event(@PathVariable UUID orderId, @PathVariable UUID eventId) {
		return this.history.find(orderId, eventId).orElseThrow(() -> OrderProblems.eventNotFound(orderId, eventId));
	}

}
