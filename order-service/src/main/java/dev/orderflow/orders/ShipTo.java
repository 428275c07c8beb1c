package dev.orderflow.orders;

import dev.orderflow.orders.problem.CountryCode;
import dev.orderflow.problem.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.persistence.Embeddable;

/**
 * A postal address, as requested, stored and returned. Personal data: never logged.
 *
 * @param country ISO 3166-1 alpha-2 code
 */
@Embeddable
record ShipTo(@Text(max = 200) @Schema(example = "Ada Lovelace") String name,
		@Text(max = 200) @Schema(example = "12 St James's Square") String street,
		@Text(max = 100) @Schema(example = "London") String city,
		@Text(max = 20) @Schema(example = "SW1Y 4JH") String postalCode,
		@CountryCode @Schema(description = "ISO 3166-1 alpha-2 code", example = "GB") String country) {

	/** Without the address, because this lands in logs. */
	@Override
	public String toString() {
		return "ShipTo[" + this.country + "]";
	}

}
