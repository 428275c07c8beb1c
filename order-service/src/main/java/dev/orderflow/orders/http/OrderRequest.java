package dev.orderflow.orders.http;

import java.util.List;

import dev.orderflow.orders.Order;
import dev.orderflow.orders.OrderLine;
import dev.orderflow.orders.PlaceOrderCommand;
import dev.orderflow.problem.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.Range;

/**
 * A request to place an order. A constraint's message says what was expected; the answer
 * adds what was found.
 *
 * @param customerId the ordering customer
 * @param lines 1 to {@value Order#LINES_MAX} lines, no sku twice
 * @param shipTo the delivery address
 */
record OrderRequest(@Text(max = 64) @Schema(example = "customer-7") String customerId,
		@NotNull(message = LINES) @Size(min = 1, max = Order.LINES_MAX,
				message = LINES) @EachSkuOnce List<@NotNull(message = "a line") @Valid Line> lines,
		@NotNull(message = "an address") @Valid Address shipTo) {

	private static final String LINES = "1 to " + Order.LINES_MAX + " lines";

	/** The command of a valid request. */
	PlaceOrderCommand command() {
		return new PlaceOrderCommand(this.customerId, this.lines.stream().map(Line::command).toList(),
				this.shipTo.shipTo());
	}

	/**
	 * One product of the request.
	 *
	 * @param quantity units, 1 to {@value OrderLine#QUANTITY_MAX}
	 */
	record Line(@Text(max = 64) @Schema(example = "SKU-KETTLE") String sku, @NotNull(message = QUANTITY) @Range(min = 1,
			max = OrderLine.QUANTITY_MAX, message = QUANTITY) @Schema(example = "2") Integer quantity) {

		private static final String QUANTITY = "a whole number from 1 to " + OrderLine.QUANTITY_MAX;

		PlaceOrderCommand.Line command() {
			return new PlaceOrderCommand.Line(this.sku, this.quantity);
		}

	}

}
