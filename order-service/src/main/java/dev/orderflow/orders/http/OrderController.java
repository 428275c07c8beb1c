package dev.orderflow.orders.http;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import dev.orderflow.orders.Order;
import dev.orderflow.orders.OrderPages;
import dev.orderflow.orders.Orders;
import dev.orderflow.orders.PlaceOrder;
import dev.orderflow.orders.PlaceOrderCommand;
import dev.orderflow.orders.PlaceOrderOnce;
import dev.orderflow.orders.Placement;
import dev.orderflow.orders.Placement.KeyInFlight;
import dev.orderflow.orders.Placement.KeyOfAnotherRequest;
import dev.orderflow.orders.Placement.Placed;
import dev.orderflow.orders.Placement.PlacedBefore;
import dev.orderflow.orders.Placement.UnknownSkus;
import dev.orderflow.orders.idempotency.IdempotencyKey;
import dev.orderflow.problem.Problems;
import dev.orderflow.problem.Text;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Orders over HTTP. An unsupported media type is refused before anything is stored,
 * because the mapping declares what it consumes and produces.
 */
@RestController
@RequestMapping(path = "/orders", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Orders")
class OrderController {

	private static final String LIMIT = "a whole number from 1 to " + OrderPage.LIMIT_MAX;

	private final PlaceOrder placeOrder;

	private final PlaceOrderOnce placeOrderOnce;

	private final Orders orders;

	private final OrderPages pages;

	private final JsonMapper json;

	OrderController(PlaceOrder placeOrder, PlaceOrderOnce placeOrderOnce, Orders orders, OrderPages pages,
			JsonMapper json) {
		this.placeOrder = placeOrder;
		this.placeOrderOnce = placeOrderOnce;
		this.orders = orders;
		this.pages = pages;
		this.json = json;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "placeOrder", summary = "Place an order",
			description = "Prices the lines from the catalogue and stores the order with its event.")
	@ApiResponse(responseCode = "201", description = "The order",
			headers = @Header(name = "Location", description = "Path of the order", required = true,
					schema = @Schema(type = "string")),
			content = @Content(schema = @Schema(implementation = OrderView.class)))
	@ApiResponse(responseCode = "400", ref = "InvalidRequest")
	@ApiResponse(responseCode = "409", ref = "KeyInFlight")
	@ApiResponse(responseCode = "413", ref = "BodyTooLarge")
	@ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
	@ApiResponse(responseCode = "422", ref = "CannotPlace")
	ResponseEntity<?> place(@Valid @RequestBody OrderRequest request,
			@Parameter(
					description = "Makes retries safe. Within 24 hours, the same customer, key and request get "
							+ "the first answer again, without a second order; a different request gets 422.",
					schema = @Schema(type = "string", pattern = IdempotencyKey.PATTERN),
					example = "4f6c1c3e-2a0b-4d0e-9a38-0d3a0c2f7c11") @RequestHeader(name = IdempotencyKey.HEADER,
							required = false) @Nullable IdempotencyKey key) {
		PlaceOrderCommand command = request.command();
		Placement placement = (key != null) ? this.placeOrderOnce.place(command, key, this::body)
				: this.placeOrder.place(command);
		PlacementLog.write(placement);
		return switch (placement) {
			case Placed(Order order, String _) ->
				ResponseEntity.created(location(order.id())).body(OrderView.of(order));
			case PlacedBefore(UUID orderId, byte[] answer) ->
				ResponseEntity.created(location(orderId)).contentType(MediaType.APPLICATION_JSON).body(answer);
			case UnknownSkus(List<String> skus) -> OrderProblems.unknownSkus(skus);
			case KeyInFlight _ -> OrderProblems.keyInFlight();
			case KeyOfAnotherRequest _ -> OrderProblems.keyOfAnotherRequest();
		};
	}

	@GetMapping
	@Operation(operationId = "listOrders", summary = "List orders, newest first",
			description = "Keyset pagination: orders that are placed meanwhile cause neither duplicates nor " + "gaps.")
	@ApiResponse(responseCode = "200", description = "A page of orders")
	@ApiResponse(responseCode = "400", ref = "InvalidRequest")
	OrderPage list(
			@Parameter(description = "Only orders of this customer") @RequestParam(required = false) @Text(max = 64,
					optional = true) @Nullable String customerId,
			@Parameter(description = "Only orders with this status") @RequestParam(
					required = false) Order.@Nullable Status status,
			@Parameter(description = "Maximum number of orders") @RequestParam(defaultValue = "20") @Range(min = 1,
					max = OrderPage.LIMIT_MAX, message = LIMIT) int limit,
			@Parameter(description = "The nextCursor of the previous page; absent for the first page",
					schema = @Schema(type = "string")) @RequestParam(required = false) @Nullable Cursor cursor) {
		return OrderPage.of(this.pages.page(customerId, status, limit, (cursor != null) ? cursor.position() : null));
	}

	@GetMapping("/{orderId}")
	@Operation(operationId = "readOrder", summary = "Read an order")
	@ApiResponse(responseCode = "200", description = "The order")
	@ApiResponse(responseCode = "400", ref = "InvalidRequest")
	@ApiResponse(responseCode = "404", ref = "NotFound")
	OrderView order(@PathVariable UUID orderId) {
		return this.orders.findById(orderId).map(OrderView::of).orElseThrow(() -> OrderProblems.orderNotFound(orderId));
	}

	private byte[] body(Order order) {
		return this.json.writeValueAsBytes(OrderView.of(order));
	}

	private static URI location(UUID orderId) {
		return URI.create("/orders/" + orderId);
	}

}
