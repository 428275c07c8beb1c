package dev.orderflow.inventory;

import java.util.Map;
import java.util.stream.Collectors;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.test.consumer.ConsumerContract;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goal: inventory fulfils the contract of every consumer. Its figures: units reserved by
 * sku.
 */
class InventoryContractIT extends ConsumerContract {

	InventoryContractIT() {
		super("reservation", "reservation_line", "stock");
	}

	@Override
	protected Map<String, Long> figures(JdbcClient jdbc) {
		return sums(jdbc, "select sku, reserved from stock where reserved > 0");
	}

	@Override
	protected Map<String, Long> figuresOf(OrderPlaced order) {
		return order.lines()
			.stream()
			.collect(Collectors.toMap(OrderPlaced.Line::sku, (line) -> (long) line.quantity()));
	}

}
