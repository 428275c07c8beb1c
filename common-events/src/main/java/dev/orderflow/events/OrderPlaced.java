package dev.orderflow.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order was accepted and stored. Prices are those at the moment of placing.
 *
 * @param orderId the order
 * @param customerId the customer, as given to order-service
 * @param lines 1 to {@value #LINES_MAX} lines, no sku twice
 * @param totalCents sum of quantity times unit price, in minor units of the currency, 0
 * to {@value #CENTS_MAX}
 * @param currency ISO 4217 code
 * @param shipTo where the parcels go
 * @param placedAt when the order was accepted
 */
public record OrderPlaced(UUID orderId, String customerId, List<Line> lines, long totalCents, String currency,
		ShipTo shipTo, Instant placedAt) implements OrderEvent {

	/** Most lines of one order. */
	public static final int LINES_MAX = 100;

	/** Most units of one line. */
	public static final int QUANTITY_MAX = 1000;

	/**
	 * Largest price and largest total. Bounded, so that no sum within an order overflows,
	 * and no single event makes sums over many orders overflow.
	 */
	public static final long CENTS_MAX = 1_000_000_000_000L;

	public OrderPlaced {
		Require.present(orderId, "orderId");
		Require.present(customerId, "customerId");
		Require.present(lines, "lines");
		Require.present(currency, "currency");
		Require.present(shipTo, "shipTo");
		Require.present(placedAt, "placedAt");
		lines = Line.checked(lines);
		long sum = Line.totalCents(lines);
		Require.between(sum, 0, CENTS_MAX, "sum of the lines");
		Require.that(sum == totalCents, "totalCents to be the sum of the lines (%d), found %d", sum, totalCents);
	}

	/**
	 * One product of an order.
	 *
	 * @param sku the product
	 * @param quantity units, 1 to {@value OrderPlaced#QUANTITY_MAX}
	 * @param unitPriceCents price of one unit in minor units of the order's currency, 0
	 * to {@value OrderPlaced#CENTS_MAX}
	 */
	public record Line(String sku, int quantity, long unitPriceCents) {

		public Line {
			Require.present(sku, "sku");
			Require.between(quantity, 1, QUANTITY_MAX, "quantity of " + sku);
			Require.between(unitPriceCents, 0, CENTS_MAX, "unitPriceCents of " + sku);
		}

		/** The lines of one order, as every event that carries them has them. */
		static List<Line> checked(List<Line> lines) {
			Require.between(lines.size(), 1, LINES_MAX, "number of lines");
			long skus = lines.stream().map(Line::sku).distinct().count();
			Require.that(skus == lines.size(), "each sku once, found %d skus in %d lines", skus, lines.size());
			return List.copyOf(lines);
		}

		static long totalCents(List<Line> lines) {
			return lines.stream().mapToLong((line) -> Math.multiplyExact(line.quantity(), line.unitPriceCents())).sum();
		}

	}

	/**
	 * A postal address. Personal data: never logged.
	 *
	 * @param country ISO 3166-1 alpha-2 code
	 */
	public record ShipTo(String name, String street, String city, String postalCode, String country) {

		public ShipTo {
			Require.present(name, "shipTo.name");
			Require.present(street, "shipTo.street");
			Require.present(city, "shipTo.city");
			Require.present(postalCode, "shipTo.postalCode");
			Require.present(country, "shipTo.country");
		}

		/** Without the address, because this lands in logs. */
		@Override
		public String toString() {
			return "ShipTo[" + this.country + "]";
		}

	}

}
