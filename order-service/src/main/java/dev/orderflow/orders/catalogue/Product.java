package dev.orderflow.orders.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A product that can be ordered.
 *
 * @param unitPriceCents price of one unit in minor units of the currency
 * @param currency ISO 4217 code
 */
public record Product(@Schema(example = "SKU-KETTLE") String sku, @Schema(example = "Kettle") String name,
		@Schema(example = "4990") long unitPriceCents, @Schema(example = "EUR") String currency) {
}
