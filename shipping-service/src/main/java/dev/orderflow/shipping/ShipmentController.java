package dev.orderflow.shipping;

import java.util.UUID;

import dev.orderflow.problem.Problems;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shipments over HTTP, without the address, which is personal data.
 */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class ShipmentController {

	private final Shipments shipments;

	ShipmentController(Shipments shipments) {
		this.shipments = shipments;
	}

	@GetMapping("/shipments/{orderId}")
	Shipment shipment(@PathVariable UUID orderId) {
		return this.shipments.ofOrder(orderId)
			.orElseThrow(() -> Problems.notFound("shipment",
					"No shipment for order %s: the order does not exist, or its event has not arrived yet"
						.formatted(orderId)));
	}

}
