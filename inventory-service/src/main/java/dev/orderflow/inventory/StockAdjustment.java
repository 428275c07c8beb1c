package dev.orderflow.inventory;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.Range;

/**
 * A request to set what is on hand of a product.
 *
 * @param onHand units, 0 or more
 */
record StockAdjustment(@NotNull(message = UNITS) @Range(message = UNITS) Long onHand) {

	private static final String UNITS = "a whole number of units, 0 or more";

}
