package dev.orderflow.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orderflow.inventory.Reservation.Outcome;
import dev.orderflow.inventory.ReservationRequest.Line;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stock and reservations: set-based SQL, one statement per table and batch. */
@Repository
class Stock {

	private static final int LEVELS_MAX = 1000;

	private final JdbcClient jdbc;

	Stock(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Available units of each stocked product. The rows stay locked until the transaction
	 * ends; locks are taken in sku order, so that batches with the same products queue up
	 * instead of deadlocking.
	 */
	Map<String, Long> lockAvailable(List<String> skus) {
		Map<String, Long> available = new HashMap<>();
		this.jdbc.sql("""
				select sku, on_hand - reserved as available
				from stock
				where sku = any (:skus)
				order by sku
				for no key update""").param("skus", skus.toArray(String[]::new)).query((row) -> {
			available.put(row.getString("sku"), row.getLong("available"));
		});
		return available;
	}

	/** Stores decisions, and reserves what was granted. */
	void store(List<Reservation> reservations, Instant decidedAt) {
		insertReservations(reservations, decidedAt);
		List<Reservation> granted = reservations.stream()
			.filter((reservation) -> reservation.outcome() == Outcome.RESERVED)
			.toList();
		if (!granted.isEmpty()) {
			insertLines(granted);
			addReserved(granted);
		}
	}

	private void insertReservations(List<Reservation> reservations, Instant decidedAt) {
		this.jdbc.sql("""
				insert into reservation (order_id, status, reason, decided_at)
				select order_id, status, reason, :decidedAt
				from unnest(:orderIds::uuid[], :statuses::text[], :reasons::text[])
				  as decided (order_id, status, reason)""")
			.param("decidedAt", OffsetDateTime.ofInstant(decidedAt, ZoneOffset.UTC))
			.param("orderIds", reservations.stream().map(Stock::orderId).toArray(String[]::new))
			.param("statuses",
					reservations.stream().map((decided) -> decided.outcome().status()).toArray(String[]::new))
			.param("reasons",
					reservations.stream()
						.map((decided) -> decided.outcome().reason().orElse(null))
						.toArray(String[]::new))
			.update();
	}

	private void insertLines(List<Reservation> granted) {
		List<Line> lines = granted.stream().flatMap((reservation) -> reservation.request().lines().stream()).toList();
		this.jdbc.sql("""
				insert into reservation_line (order_id, sku, quantity)
				select order_id, sku, quantity
				from unnest(:orderIds::uuid[], :skus::text[], :quantities::int[])
				  as granted (order_id, sku, quantity)""")
			.param("orderIds", granted.stream()
				.flatMap((reservation) -> reservation.request().lines().stream().map((line) -> orderId(reservation)))
				.toArray(String[]::new))
			.param("skus", lines.stream().map(Line::sku).toArray(String[]::new))
			.param("quantities", lines.stream().map(Line::quantity).toArray(Integer[]::new))
			.update();
	}

	private void addReserved(List<Reservation> granted) {
		Map<String, Long> units = new HashMap<>();
		for (Reservation reservation : granted) {
			reservation.request().lines().forEach((line) -> units.merge(line.sku(), (long) line.quantity(), Long::sum));
		}
		this.jdbc.sql("""
				update stock
				set reserved = reserved + granted.units
				from unnest(:skus::text[], :units::bigint[]) as granted (sku, units)
				where stock.sku = granted.sku""")
			.param("skus", units.keySet().toArray(String[]::new))
			.param("units", units.values().toArray(Long[]::new))
			.update();
	}

	/** The first {@value #LEVELS_MAX} products by sku. */
	List<StockLevel> levels() {
		return this.jdbc.sql("""
				select sku, on_hand, reserved, on_hand - reserved as available
				from stock
				order by sku
				limit :limit""").param("limit", LEVELS_MAX).query(Stock::level).list();
	}

	/** One product, if it is stocked. */
	Optional<StockLevel> level(String sku) {
		return this.jdbc.sql("""
				select sku, on_hand, reserved, on_hand - reserved as available
				from stock
				where sku = :sku""").param("sku", sku).query(Stock::level).optional();
	}

	/**
	 * Sets the units on hand. One statement compares and writes under the row's lock, so
	 * that stock on hand never drops below the reserved units; it waits for a reservation
	 * in progress up to the session's lock_timeout.
	 */
	Adjustment adjust(String sku, long onHand) {
		Optional<StockLevel> adjusted = this.jdbc.sql("""
				update stock
				set on_hand = :onHand
				where sku = :sku
				and reserved <= :onHand
				returning sku, on_hand, reserved, on_hand - reserved as available""")
			.param("sku", sku)
			.param("onHand", onHand)
			.query(Stock::level)
			.optional();
		if (adjusted.isPresent()) {
			return new Adjusted(adjusted.get());
		}
		// This read only determines the reason; the decision is already made.
		return level(sku).<Adjustment>map((level) -> new BelowReserved(level.reserved())).orElseGet(UnknownSku::new);
	}

	/** The result of an adjustment. */
	sealed interface Adjustment {

	}

	/** It is stored. */
	record Adjusted(StockLevel level) implements Adjustment {
	}

	/** More is reserved than would be on hand; nothing changed. */
	record BelowReserved(long reserved) implements Adjustment {
	}

	/** No such product. */
	record UnknownSku() implements Adjustment {
	}

	private static StockLevel level(ResultSet row, int number) throws SQLException {
		return new StockLevel(row.getString("sku"), row.getLong("on_hand"), row.getLong("reserved"),
				row.getLong("available"));
	}

	private static String orderId(Reservation reservation) {
		return reservation.request().orderId().toString();
	}

}
