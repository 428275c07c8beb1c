package dev.orderflow.shipping;

import java.util.UUID;

import dev.orderflow.problem.Problems;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
	ResponseEntity<?> shipment(@PathVariable UUID orderId) {
		return this.shipments.ofOrder(orderId)
			.<ResponseEntity<?>>map(ResponseEntity::ok)
			.orElseGet(() -> Problems.answer(HttpStatus.NOT_FOUND, "shipment-not-found",
					"Expected the id of an order with a shipment, found none for " + orderId));
	}

}
