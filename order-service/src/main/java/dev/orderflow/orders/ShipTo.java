package dev.orderflow.orders;

import jakarta.persistence.Embeddable;

/**
 * A postal address. Personal data: never logged.
 *
 * @param country ISO 3166-1 alpha-2 code
 */
@Embeddable
public record ShipTo(String name, String street, String city, String postalCode, String country) {

	/** Without the address, because this lands in logs. */
	@Override
	public String toString() {
		return "ShipTo[" + this.country + "]";
	}

}
