package dev.orderflow.orders;

import jakarta.persistence.Embeddable;

/**
 * A postal address, as asked for, stored and answered. Personal data: never logged.
 *
 * @param country ISO 3166-1 alpha-2 code
 */
@Embeddable
record ShipTo(@Text(max = 200) String name, @Text(max = 200) String street, @Text(max = 100) String city,
		@Text(max = 20) String postalCode, @CountryCode String country) {

	/** Without the address, because this lands in logs. */
	@Override
	public String toString() {
		return "ShipTo[" + this.country + "]";
	}

}
