package dev.orderflow.shipping.carrier;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AddressTests {

	private final Address address = new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");

	@Test
	void printsOnlyItsCountry() {
		assertThat(this.address).hasToString("Address[GB]");
	}

	@Test
	void isMaskedInRecordsThatContainIt() {
		Consignment consignment = new Consignment(new UUID(0, 1), this.address, List.of());

		assertThat(consignment.toString()).contains("Address[GB]").doesNotContain("Ada", "James", "London", "SW1Y");
	}

}
