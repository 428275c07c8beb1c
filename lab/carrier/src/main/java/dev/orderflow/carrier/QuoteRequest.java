package dev.orderflow.carrier;

import java.util.List;

/**
 * What is to be carried, and where to.
 *
 * @param country ISO 3166-1 alpha-2
 */
record QuoteRequest(String country, List<Parcel> parcels) {

	QuoteRequest {
		Require.country(country, "country");
		parcels = Parcel.requireSensible(parcels);
	}

}
