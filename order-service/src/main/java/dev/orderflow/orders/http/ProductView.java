package dev.orderflow.orders.http;

import dev.orderflow.orders.catalogue.Product;
import io.swagger.v3.oas.annotations.media.Schema;

/** A product as the API returns it. */
@Schema(name = "Product")
record ProductView(@Schema(example = "SKU-KETTLE") String sku, @Schema(example = "Kettle") String name,
		@Schema(description = "Price of one unit in minor units", example = "4990") long unitPriceCents,
		@Schema(description = "ISO 4217 code", example = "EUR") String currency) {

	static ProductView of(Product product) {
		return new ProductView(product.sku(), product.name(), product.unitPriceCents(), product.currency());
	}

}
