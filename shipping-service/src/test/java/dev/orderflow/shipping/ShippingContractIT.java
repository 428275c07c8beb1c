package dev.orderflow.shipping;

import java.util.Map;
import java.util.stream.Collectors;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.test.consumer.ConsumerContract;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goal: shipping fulfils the contract of every consumer. Its figures: units packed by
 * sku.
 */
class ShippingContractIT extends ConsumerContract {

	ShippingContractIT() {
		super("shipment", "parcel_line");
	}

	@Override
	protected Map<String, Long> figures(JdbcClient jdbc) {
		return sums(jdbc, "select sku, sum(quantity) from parcel_line group by sku");
	}

	@Override
	protected Map<String, Long> figuresOf(OrderPlaced order) {
		return order.lines()
			.stream()
			.collect(Collectors.toMap(OrderPlaced.Line::sku, (line) -> (long) line.quantity()));
	}

}
