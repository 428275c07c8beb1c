package dev.orderflow.orders.http;

import java.util.UUID;

import dev.orderflow.orders.CancelOrder;
import dev.orderflow.orders.Cancellation.Accepted;
import dev.orderflow.orders.Cancellation.NoSuchOrder;
import dev.orderflow.orders.Cancellation.TooLate;
import dev.orderflow.orders.Order;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cancellations over HTTP. The request has no body; one that is sent is ignored. */
@RestController
@Tag(name = "Orders")
class CancellationController {

	private static final Logger logger = LoggerFactory.getLogger(CancellationController.class);

	private final CancelOrder cancelOrder;

	CancellationController(CancelOrder cancelOrder) {
		this.cancelOrder = cancelOrder;
	}

	@PostMapping(path = "/orders/{orderId}/cancellation", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "cancelOrder", summary = "Cancel an order",
			description = "Before its stock is reserved an order is CANCELLED at once. Afterwards it is CANCELLING until "
					+ "shipping answers: then CANCELLED or, if it was too late, SHIPPED. Repeated requests are safe.")
	@ApiResponse(responseCode = "202", description = "The order, CANCELLED or CANCELLING",
			content = @Content(schema = @Schema(implementation = OrderView.class),
					examples = @ExampleObject(name = "cancelling", ref = "#/components/examples/CancellingOrder")))
	@ApiResponse(responseCode = "400", ref = "InvalidRequest")
	@ApiResponse(responseCode = "404", ref = "NotFound")
	@ApiResponse(responseCode = "409", ref = "OrderFinal")
	ResponseEntity<?> cancel(@PathVariable UUID orderId) {
		return switch (this.cancelOrder.cancel(orderId)) {
			case Accepted(Order order) -> {
				logger.info("cancellation accepted: orderId={} status={}", orderId, order.status());
				yield ResponseEntity.accepted().body(OrderView.of(order));
			}
			case TooLate(Order.Status status) -> {
				logger.info("cancellation refused: orderId={} status={}", orderId, status);
				yield OrderProblems.orderFinal(orderId, status);
			}
			case NoSuchOrder _ -> throw OrderProblems.orderNotFound(orderId);
		};
	}

}
