package dev.orderflow.orders.http;

import java.util.List;

import dev.orderflow.orders.catalogue.Catalogue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue over HTTP. */
@RestController
@Tag(name = "Catalogue")
class CatalogueController {

	private final Catalogue catalogue;

	CatalogueController(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	@GetMapping(path = "/products", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "listProducts", summary = "List what can be ordered", description = "By sku.")
	@ApiResponse(responseCode = "200", description = "The catalogue")
	List<ProductView> products() {
		return this.catalogue.products().stream().map(ProductView::of).toList();
	}

}
