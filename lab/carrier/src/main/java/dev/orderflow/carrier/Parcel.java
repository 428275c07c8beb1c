package dev.orderflow.carrier;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One parcel.
 *
 * @param number from 1, unique in its shipment
 * @param units how much is in it, at least 1
 */
record Parcel(int number, int units) {

	/** The largest order: 100 lines of 1000 units, 10 in a parcel. */
	static final int PARCELS_MAX = 10_000;

	Parcel {
		Require.atLeastOne(number, "parcels.number");
		Require.atLeastOne(units, "parcels.units");
	}

	static List<Parcel> requireSensible(List<Parcel> parcels) {
		if (parcels.isEmpty() || parcels.size() > PARCELS_MAX) {
			throw new IllegalArgumentException(
					"parcels is out of range: expected 1 to %d, found %d".formatted(PARCELS_MAX, parcels.size()));
		}
		if (parcels.stream().anyMatch(Objects::isNull)) {
			throw new IllegalArgumentException("parcels: expected objects, found null");
		}
		Set<Integer> numbers = new HashSet<>();
		parcels.forEach((parcel) -> {
			if (!numbers.add(parcel.number())) {
				throw new IllegalArgumentException(
						"parcels.number: expected each once, found %d twice".formatted(parcel.number()));
			}
		});
		return List.copyOf(parcels);
	}

}
