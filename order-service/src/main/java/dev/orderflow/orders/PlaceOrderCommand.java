package dev.orderflow.orders;

import java.util.List;

/**
 * A customer's order before it is priced. Whoever creates it has checked its values; the
 * bounds that matter for the stored order are checked again by {@link Order} and
 * {@link OrderLine}.
 *
 * <p>
 * Its JSON form determines whether two requests with the same Idempotency-Key are equal,
 * so renaming a component makes stored keys reject repeated requests.
 *
 * @param customerId the ordering customer
 * @param lines no sku twice
 * @param shipTo the delivery address
 */
public record PlaceOrderCommand(String customerId, List<Line> lines, ShipTo shipTo) {

	public PlaceOrderCommand {
		lines = List.copyOf(lines);
	}

	List<String> skus() {
		return this.lines.stream().map(Line::sku).toList();
	}

	/**
	 * One product of the order.
	 *
	 * @param quantity units
	 */
	public record Line(String sku, int quantity) {

		OrderLine at(long unitPriceCents) {
			return new OrderLine(this.sku, this.quantity, unitPriceCents);
		}

	}

}
