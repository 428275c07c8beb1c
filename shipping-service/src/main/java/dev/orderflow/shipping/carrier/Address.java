package dev.orderflow.shipping.carrier;

/**
 * Where parcels go. Personal data: stored and given to the carrier, never logged and
 * never returned.
 *
 * @param country ISO 3166-1 alpha-2 code
 */
public record Address(String name, String street, String city, String postalCode, String country) {

	/** Without the address, because this lands in logs. */
	@Override
	public String toString() {
		return "Address[" + this.country + "]";
	}

}
