package dev.orderflow.orders;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.orderflow.orders.Order.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The whole state machine: every status and everything that can happen to it. */
class TransitionTests {

	private static final Map<String, Trigger> TRIGGERS = Map.of("reserved", new Trigger.StockReserved(), "refused",
			new Trigger.StockRejected(Trigger.StockRejected.Reason.OUT_OF_STOCK, List.of("SKU-MUG", "SKU-RUG")),
			"planned", new Trigger.ShipmentPlanned(2, Instant.parse("2026-11-23T16:00:00Z")), "dispatched",
			new Trigger.ShipmentDispatched("Brisk Parcels", "BP1"), "stopped", new Trigger.ShipmentCancelled(),
			"customer", new Trigger.CustomerCancels());

	private static final List<Status> FINAL = List.of(Status.REJECTED, Status.CANCELLED, Status.SHIPPED);

	@ParameterizedTest
	@CsvSource(textBlock = """
			# status,   reserved,  refused,  planned,    dispatched, stopped,    customer
			PLACED,     CONFIRMED, REJECTED, PLACED,     SHIPPED,    PLACED,     CANCELLED
			CONFIRMED,  CONFIRMED, CONFIRMED, CONFIRMED, SHIPPED,    CONFIRMED,  CANCELLING
			REJECTED,   REJECTED,  REJECTED, REJECTED,   REJECTED,   REJECTED,   REJECTED
			CANCELLING, CANCELLING, CANCELLING, CANCELLING, SHIPPED, CANCELLED,  CANCELLING
			CANCELLED,  CANCELLED, CANCELLED, CANCELLED, CANCELLED,  CANCELLED,  CANCELLED
			SHIPPED,    SHIPPED,   SHIPPED,  SHIPPED,    SHIPPED,    SHIPPED,    SHIPPED
			""")
	void leadFromEachStatusTo(Status from, Status reserved, Status refused, Status planned, Status dispatched,
			Status stopped, Status customer) {
		Map.of("reserved", reserved, "refused", refused, "planned", planned, "dispatched", dispatched, "stopped",
				stopped, "customer", customer)
			.forEach((trigger,
					to) -> assertThat(Transition.of(from, TRIGGERS.get(trigger)).map(Transition::to).orElse(from))
						.as("%s, %s", from, trigger)
						.isEqualTo(to));
	}

	@ParameterizedTest
	@EnumSource(Status.class)
	void leaveAStatusUnlessItIsFinal(Status status) {
		assertThat(status.isFinal()).isEqualTo(FINAL.contains(status));
		assertThat(Arrays.stream(Transition.values()).anyMatch((transition) -> transition.from() == status))
			.isEqualTo(!status.isFinal());
	}

	@Test
	void changeTheStatusAndNeverLeadBackToPlaced() {
		assertThat(Transition.values())
			.allSatisfy((transition) -> assertThat(transition.to()).isNotIn(transition.from(), Status.PLACED));
	}

	static Stream<Arguments> changes() {
		return Stream.of(arguments(Status.PLACED, "reserved", "all lines reserved"),
				arguments(Status.PLACED, "refused", "out of stock: SKU-MUG, SKU-RUG"),
				arguments(Status.PLACED, "customer", "the customer cancelled"),
				arguments(Status.CONFIRMED, "customer", "the customer cancelled; shipping decides if it is in time"),
				arguments(Status.CONFIRMED, "dispatched", "dispatched with Brisk Parcels, BP1"),
				arguments(Status.PLACED, "dispatched", "dispatched with Brisk Parcels, BP1"),
				arguments(Status.CANCELLING, "stopped", "in time to cancel: nothing will be shipped"),
				arguments(Status.CANCELLING, "dispatched", "too late to cancel: dispatched with Brisk Parcels, BP1"));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void sayWhatHappened(Status from, String trigger, String words) {
		assertThat(Transition.of(from, TRIGGERS.get(trigger)).orElseThrow().words(TRIGGERS.get(trigger)))
			.isEqualTo(words);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SHIPPED   | planned    | 2 parcels, pickup planned for 2026-11-23T16:00:00Z
			REJECTED  | stopped    | nothing will be shipped
			CANCELLED | stopped    | nothing will be shipped
			PLACED    | stopped    | nothing will be shipped; ignored, because the order is PLACED
			CANCELLED | reserved   | all lines reserved; ignored, because the order is CANCELLED
			CONFIRMED | refused    | out of stock: SKU-MUG, SKU-RUG; ignored, because the order is CONFIRMED
			CANCELLED | dispatched | dispatched with Brisk Parcels, BP1; ignored, because the order is CANCELLED
			""")
	void sayWhyNothingIsChanged(Status status, String trigger, String words) {
		assertThat(Transition.of(status, TRIGGERS.get(trigger))).isEmpty();
		assertThat(Transition.wordsWithoutChange(status, TRIGGERS.get(trigger))).isEqualTo(words);
	}

}
