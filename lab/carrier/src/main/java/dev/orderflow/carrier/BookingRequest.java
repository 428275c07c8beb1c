package dev.orderflow.carrier;

import java.util.List;

/** What is to be carried, where to and how. */
record BookingRequest(Service service, Address address, List<Parcel> parcels) {

	BookingRequest {
		parcels = Parcel.requireSensible(parcels);
	}

	/**
	 * Whom it is for.
	 *
	 * @param country ISO 3166-1 alpha-2
	 */
	record Address(String name, String street, String city, String postalCode, String country) {

		Address {
			Require.text(name, "address.name");
			Require.text(street, "address.street");
			Require.text(city, "address.city");
			Require.text(postalCode, "address.postalCode");
			Require.country(country, "address.country");
		}

	}

}
