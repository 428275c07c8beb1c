package dev.orderflow.shipping;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.orderflow.shipping.Shipment.Status;
import dev.orderflow.shipping.carrier.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OrderNewsTests {

	private static final UUID ORDER = new UUID(0, 1);

	private final OrderNews placed = OrderNews.placed(request("London"));

	private final OrderNews confirmed = OrderNews.confirmed(ORDER, "confirmation");

	private final OrderNews unwanted = OrderNews.unwanted(ORDER, "cancellation");

	@Test
	void areCompleteOnceTheShipmentIsPlannedAndConfirmed() {
		assertThat(this.placed.complete(null)).isFalse();
		assertThat(this.confirmed.complete(null)).isFalse();
		assertThat(this.confirmed.and(this.placed).complete(null)).isTrue();
		assertThat(this.confirmed.complete(Status.PLANNED)).isTrue();
		assertThat(this.placed.complete(Status.PLANNED)).isFalse();
		assertThat(this.placed.complete(Status.CONFIRMED)).isTrue();
		assertThat(this.confirmed.complete(Status.CONFIRMED)).isFalse();
	}

	@Test
	void areNeverCompleteForWhatIsFinalOrUnwanted() {
		OrderNews both = this.placed.and(this.confirmed);

		assertThat(both.complete(Status.DISPATCHED)).isFalse();
		assertThat(both.complete(Status.CANCELLED)).isFalse();
		assertThat(this.unwanted.and(both).complete(null)).isFalse();
		assertThat(both.and(this.unwanted).complete(Status.PLANNED)).isFalse();
	}

	@Test
	void thatTheOrderIsShippedConfirmItAndOverrideARequestToCancelIt() {
		OrderNews shipped = OrderNews.shipped(ORDER, "dispatch");

		assertThat(shipped.complete(null)).isFalse();
		assertThat(shipped.complete(Status.PLANNED)).isTrue();
		assertThat(shipped.complete(Status.DISPATCHED)).isFalse();
		assertThat(this.unwanted.and(this.placed).and(shipped).complete(null)).isTrue();
		assertThat(shipped.and(this.placed).and(this.unwanted).unwantedBy()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Lon\0don", "Lon\ud83ddon", "Lon\udce6don" })
	void refuseTextsThatTheDatabaseCannotStore(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> request(text)).withMessageContaining("NUL");
		assertThatIllegalArgumentException().isThrownBy(() -> request("London", text)).withMessageContaining("NUL");
	}

	@Test
	void refuseSkusThatAreTooLongForAKeyOfTheDatabase() {
		assertThat(request("London \ud83d\udce6", "S".repeat(200)).lines()).hasSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> request("London", "S".repeat(201)))
			.withMessageContaining("200");
	}

	private static ShipmentRequest request(String city) {
		return request(city, "SKU-MUG");
	}

	private static ShipmentRequest request(String city, String sku) {
		return new ShipmentRequest(ORDER, "placement", Instant.EPOCH, new Address("Ada", "1 Square", city, "SW1", "GB"),
				List.of(new ShipmentRequest.Line(sku, 1)));
	}

}
