package dev.orderflow.inventory;

import java.util.List;

import dev.orderflow.inventory.Stock.Adjusted;
import dev.orderflow.inventory.Stock.BelowReserved;
import dev.orderflow.inventory.Stock.UnknownSku;
import dev.orderflow.problem.Problems;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The stock over HTTP, and the only value that an operator may change. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class StockController {

	private final Stock stock;

	StockController(Stock stock) {
		this.stock = stock;
	}

	@GetMapping("/stock")
	List<StockLevel> levels() {
		return this.stock.levels();
	}

	@GetMapping("/stock/{sku}")
	ResponseEntity<?> level(@PathVariable String sku) {
		return this.stock.level(sku).<ResponseEntity<?>>map(ResponseEntity::ok).orElseGet(() -> notFound(sku));
	}

	/** Parsed strictly: 5.7 or "5" is an error and never converted. */
	@PutMapping(path = "/stock/{sku}", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<?> adjust(@PathVariable String sku, @RequestBody JsonNode body) {
		Problems.require(body.size() <= 1, "body", "the field onHand alone", String.join(", ", body.propertyNames()));
		JsonNode onHand = body.path("onHand");
		boolean valid = onHand.isIntegralNumber() && onHand.canConvertToLong() && onHand.asLong() >= 0;
		Problems.require(valid, "onHand", "a whole number of units, 0 or more", onHand.isMissingNode() ? null : onHand);
		return switch (this.stock.adjust(sku, onHand.asLong())) {
			case Adjusted(StockLevel level) -> ResponseEntity.ok(level);
			case UnknownSku _ -> notFound(sku);
			case BelowReserved(long reserved) -> Problems.answer(HttpStatus.CONFLICT, "below-reserved",
					"Expected onHand of %s to be %d, which is reserved, or more, found %d".formatted(sku, reserved,
							onHand.asLong()));
		};
	}

	private static ResponseEntity<Object> notFound(String sku) {
		return Problems.answer(HttpStatus.NOT_FOUND, "sku-not-found",
				"Expected a product that is stocked, found " + sku);
	}

}
