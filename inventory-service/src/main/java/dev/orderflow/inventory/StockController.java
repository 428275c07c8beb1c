package dev.orderflow.inventory;

import java.util.List;

import dev.orderflow.inventory.Stock.Adjusted;
import dev.orderflow.inventory.Stock.BelowReserved;
import dev.orderflow.inventory.Stock.UnknownSku;
import dev.orderflow.problem.Problems;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
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
	StockLevel level(@PathVariable String sku) {
		return this.stock.level(sku).orElseThrow(() -> notStocked(sku));
	}

	@PutMapping(path = "/stock/{sku}", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<?> adjust(@PathVariable String sku, @Valid @RequestBody StockAdjustment adjustment) {
		long onHand = adjustment.onHand();
		return switch (this.stock.adjust(sku, onHand)) {
			case Adjusted(StockLevel level) -> ResponseEntity.ok(level);
			case UnknownSku _ -> throw notStocked(sku);
			case BelowReserved(long reserved) -> Problems.answer(HttpStatus.CONFLICT, "below-reserved",
					"onHand of %s is below the reserved units: expected %d or more, found %d".formatted(sku, reserved,
							onHand));
		};
	}

	private static ErrorResponseException notStocked(String sku) {
		return Problems.notFound("sku", "%s is not stocked; GET /stock lists the stocked products".formatted(sku));
	}

}
