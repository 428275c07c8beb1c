package dev.orderflow.orders.http;

import dev.orderflow.orders.ShipTo;
import dev.orderflow.problem.Text;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A postal address, as requested and returned. Personal data: never logged.
 *
 * @param country ISO 3166-1 alpha-2 code
 */
@Schema(name = "ShipTo")
record Address(@Text(max = 200) @Schema(example = "Ada Lovelace") String name,
		@Text(max = 200) @Schema(example = "12 St James's Square") String street,
		@Text(max = 100) @Schema(example = "London") String city,
		@Text(max = 20) @Schema(example = "SW1Y 4JH") String postalCode,
		@CountryCode @Schema(description = "ISO 3166-1 alpha-2 code", example = "GB") String country) {

	static Address of(ShipTo to) {
		return new Address(to.name(), to.street(), to.city(), to.postalCode(), to.country());
	}

	ShipTo shipTo() {
		return new ShipTo(this.name, this.street, this.city, this.postalCode, this.country);
	}

	/** Without the address, because this lands in logs. */
	@Override
	public String toString() {
		return "Address[" + this.country + "]";
	}

}
