package dev.orderflow.shipping;

import java.time.Instant;
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
		ShipmentRequest request = new ShipmentRequest(new UUID(0, 1), Instant.EPOCH, this.address, List.of());

		assertThat(request.toString()).contains("Address[GB]").doesNotContain("Ada", "James", "London", "SW1Y");
	}

}
