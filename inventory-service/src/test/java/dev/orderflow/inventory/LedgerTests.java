package dev.orderflow.inventory;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.inventory.Decision.Outcome;
import dev.orderflow.inventory.OrderChange.Placed;
import dev.orderflow.inventory.OrderChange.Shipped;
import dev.orderflow.inventory.Reservation.Line;
import dev.orderflow.inventory.Reservation.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LedgerTests {

	private static final UUID FIRST = new UUID(0, 1);

	private static final UUID SECOND = new UUID(0, 2);

	private final Ledger ledger = ledgerOf(Map.of());

	@Test
	void reservesAllLinesOrNone() {
		assertThat(outcome(placed(FIRST, line("MUG", 3), line("RUG", 4)))).isEqualTo(Outcome.OUT_OF_STOCK);
		assertThat(outcome(placed(SECOND, line("MUG", 3), line("RUG", 3)))).isEqualTo(Outcome.RESERVED);

		assertThat(this.ledger.changedLevels()).containsExactly(new StockLevel("MUG", 10, 3, 7),
				new StockLevel("RUG", 3, 3, 0));
	}

	@Test
	void grantsTheUnitsOfACancelledOrderToTheNextOne() {
		this.ledger.place(placed(FIRST, line("RUG", 3)));
		this.ledger.cancel(FIRST);

		assertThat(outcome(placed(SECOND, line("RUG", 3)))).isEqualTo(Outcome.RESERVED);
		assertThat(statuses(this.ledger)).containsExactly(Status.RELEASED, Status.RESERVED);
	}

	@Test
	void grantsTheUnitsOfAShippedOrderToNobody() {
		this.ledger.place(placed(FIRST, line("RUG", 3)));
		this.ledger.ship(new Shipped(FIRST, List.of(line("RUG", 3))));

		assertThat(outcome(placed(SECOND, line("RUG", 1)))).isEqualTo(Outcome.OUT_OF_STOCK);
		assertThat(this.ledger.changedLevels()).containsExactly(new StockLevel("RUG", 0, 0, 0));
	}

	@ParameterizedTest
	@EnumSource
	void decidesNoOrderTwice(Status status) {
		Ledger ledger = ledgerOf(Map.of(FIRST, new Reservation(FIRST, status, null, List.of())));

		assertThat(ledger.place(placed(FIRST, line("MUG", 1)))).isEmpty();
		assertThat(ledger.changedReservations()).isEmpty();
		assertThat(ledger.changedLevels()).isEmpty();
	}

	@Test
	void endsARejectedOrderAsCancelledWhicheverCameFirst() {
		Ledger rejectedFirst = ledgerOf(Map.of(FIRST, Reservation.rejected(FIRST, "OUT_OF_STOCK")));

		rejectedFirst.cancel(FIRST);
		this.ledger.cancel(FIRST);
		this.ledger.place(placed(FIRST, line("RUG", 4)));

		assertThat(rejectedFirst.changedReservations()).containsExactly(Reservation.cancelled(FIRST));
		assertThat(this.ledger.changedReservations()).containsExactly(Reservation.cancelled(FIRST));
	}

	@ParameterizedTest
	@EnumSource(names = { "RELEASED", "CANCELLED" })
	void changesNothingWhenACancelledOrderIsCancelled(Status status) {
		Ledger ledger = ledgerOf(Map.of(FIRST, new Reservation(FIRST, status, null, List.of())));

		ledger.cancel(FIRST);

		assertThat(ledger.changedReservations()).isEmpty();
	}

	@Test
	void shipsAnOrderOnce() {
		Ledger ledger = ledgerOf(Map.of(FIRST, new Reservation(FIRST, Status.SHIPPED, null, List.of())));

		ledger.ship(new Shipped(FIRST, List.of(line("MUG", 1))));

		assertThat(ledger.changedLevels()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "REJECTED", "RELEASED", "CANCELLED" })
	void refusesToShipAnOrderWithoutStock(Status status) {
		Ledger ledger = ledgerOf(Map.of(FIRST, new Reservation(FIRST, status, null, List.of())));

		assertThatIllegalArgumentException().isThrownBy(() -> ledger.ship(new Shipped(FIRST, List.of(line("MUG", 1)))))
			.withMessageContainingAll(FIRST.toString(), "found it " + status);
	}

	@Test
	void refusesToShipUnitsThatAreReservedForOthers() {
		this.ledger.place(placed(FIRST, line("RUG", 2)));

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.ledger.ship(new Shipped(SECOND, List.of(line("RUG", 2), line("NONE", 1)))))
			.withMessageContainingAll(SECOND.toString(), "[RUG, NONE]");
	}

	@Test
	void refusesToCancelAShippedOrder() {
		this.ledger.ship(new Shipped(FIRST, List.of(line("RUG", 2))));

		assertThatIllegalArgumentException().isThrownBy(() -> this.ledger.cancel(FIRST))
			.withMessageContainingAll(FIRST.toString(), "SHIPPED");
	}

	private static Ledger ledgerOf(Map<UUID, Reservation> reservations) {
		return new Ledger(reservations,
				Map.of("MUG", new StockLevel("MUG", 10, 0, 10), "RUG", new StockLevel("RUG", 3, 0, 3)));
	}

	private Outcome outcome(Placed placed) {
		return this.ledger.place(placed).map(Decision::outcome).orElseThrow();
	}

	private static List<Status> statuses(Ledger ledger) {
		return ledger.changedReservations().stream().map(Reservation::status).toList();
	}

	private static Placed placed(UUID orderId, Line... lines) {
		return new Placed(orderId, "the-placement", List.of(lines));
	}

	private static Line line(String sku, int quantity) {
		return new Line(sku, quantity);
	}

}
