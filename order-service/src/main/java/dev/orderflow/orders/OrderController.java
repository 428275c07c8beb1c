package dev.orderflow.orders;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import dev.orderflow.orders.PlaceOrder.Placed;
import dev.orderflow.orders.PlaceOrder.UnknownSkus;
import jakarta.validation.Valid;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP API. A media type that cannot be read or written is refused before anything is
 * stored, because the mapping names both.
 */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class OrderController {

	private final PlaceOrder placeOrder;

	private final Orders orders;

	private final Catalogue catalogue;

	OrderController(PlaceOrder placeOrder, Orders orders, Catalogue catalogue) {
		this.placeOrder = placeOrder;
		this.orders = orders;
		this.catalogue = catalogue;
	}

	@PostMapping(path = "/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<?> place(@Valid @RequestBody OrderRequest request) {
		return switch (this.placeOrder.place(request)) {
			case Placed(Order order) ->
				ResponseEntity.created(URI.create("/orders/" + order.id())).body(OrderView.of(order));
			case UnknownSkus(List<String> skus) -> Problems.unknownSkus(skus);
		};
	}

	@GetMapping("/orders/{orderId}")
	ResponseEntity<?> order(@PathVariable UUID orderId) {
		return this.orders.findById(orderId)
			.<ResponseEntity<?>>map((order) -> ResponseEntity.ok(OrderView.of(order)))
			.orElseGet(() -> Problems.orderNotFound(orderId));
	}

	@GetMapping("/products")
	List<Product> products() {
		return this.catalogue.products();
	}

}
