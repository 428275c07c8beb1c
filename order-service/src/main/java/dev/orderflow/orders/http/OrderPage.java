package dev.orderflow.orders.http;

import java.util.List;

import dev.orderflow.orders.OrderPages;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of orders, newest first.
 *
 * @param nextCursor opaque; the cursor parameter of the next page, null on the last page
 */
record OrderPage(List<OrderView> items, @Schema(types = {
		"string", "null" }, description = "Where the next page starts; null on the last page",
		example = "AAZBJzkqbgABmBx-AABwAIAAAAAAAAAB") @Nullable String nextCursor){

	/** Most orders of one page. */
	static final int LIMIT_MAX = 100;

	static OrderPage of(OrderPages.Page page) {
		String next = (page.last() != null) ? new Cursor(page.last()).text() : null;
		return new OrderPage(page.orders().stream().map(OrderView::of).toList(), next);
	}

	OrderPage {
		items = List.copyOf(items);
	}

}
