package dev.orderflow.shipping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One parcel of a shipment, of at most {@value #UNITS_MAX} units.
 *
 * @param number from 1, within the shipment
 * @param lines what is in it, each product once
 */
record Parcel(int number, List<Line> lines) {

	/** Most units of one parcel. */
	static final int UNITS_MAX = 10;

	Parcel {
		lines = List.copyOf(lines);
	}

	int units() {
		return this.lines.stream().mapToInt(Line::quantity).sum();
	}

	/**
	 * Packs products in sku order and fills each parcel before the next one: the same
	 * products always give the same parcels.
	 */
	static List<Parcel> pack(List<ShipmentRequest.Line> products) {
		List<Parcel> parcels = new ArrayList<>();
		List<Line> open = new ArrayList<>();
		int room = UNITS_MAX;
		for (ShipmentRequest.Line product : sorted(products)) {
			for (int left = product.quantity(); left > 0;) {
				int units = Math.min(left, room);
				open.add(new Line(product.sku(), units));
				left -= units;
				room -= units;
				if (room == 0) {
					parcels.add(new Parcel(parcels.size() + 1, open));
					open = new ArrayList<>();
					room = UNITS_MAX;
				}
			}
		}
		if (!open.isEmpty()) {
			parcels.add(new Parcel(parcels.size() + 1, open));
		}
		return parcels;
	}

	private static List<ShipmentRequest.Line> sorted(List<ShipmentRequest.Line> products) {
		return products.stream().sorted(Comparator.comparing(ShipmentRequest.Line::sku)).toList();
	}

	/** Units of one product in a parcel, 1 or more. */
	record Line(String sku, int quantity) {
	}

}
