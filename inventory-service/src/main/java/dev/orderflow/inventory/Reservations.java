package dev.orderflow.inventory;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import dev.orderflow.inventory.Reservation.Line;
import dev.orderflow.inventory.Reservation.Status;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reservations and their lines: set-based SQL, one statement per table and batch. */
@Repository
class Reservations {

	private final JdbcClient jdbc;

	Reservations(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The stored reservations of orders, by order. Their rows stay locked until the
	 * transaction ends; locks are taken in order id order, and before those of the stock,
	 * so that batches with the same orders queue up instead of deadlocking.
	 */
	Map<UUID, Reservation> lock(List<UUID> orderIds) {
		Map<UUID, Reservation> reservations = new HashMap<>();
		this.jdbc.sql("""
				select reservation.order_id, status, reason, sku, quantity
				from reservation
				left join reservation_line on reservation_line.order_id = reservation.order_id and status = 'RESERVED'
				where reservation.order_id = any (:orderIds::uuid[])
				order by reservation.order_id
				for no key update of reservation""")
			.param("orderIds", column(orderIds, UUID::toString))
			.query((row) -> {
				String sku = row.getString("sku");
				List<Line> lines = (sku != null) ? List.of(new Line(sku, row.getInt("quantity"))) : List.of();
				reservations.merge(
						row.getObject("order_id", UUID.class), new Reservation(row.getObject("order_id", UUID.class),
								Status.valueOf(row.getString("status")), row.getString("reason"), lines),
						Reservation::plusLines);
			});
		return reservations;
	}

	/**
	 * Stores reservations, and the lines of new ones.
	 * @param locked the orders among them that had a reservation
	 * @param decidedAt when the new ones were decided
	 * @throws OptimisticLockingFailureException if another transaction has stored one of
	 * the others meanwhile; the next try finds it
	 */
	void store(Collection<Reservation> reservations, Set<UUID> locked, Instant decidedAt) {
		if (reservations.isEmpty()) {
			return;
		}
		upsert(reservations, locked, decidedAt);
		insertLines(reservations.stream().filter((reservation) -> !locked.contains(reservation.orderId())).toList());
	}

	private void upsert(Collection<Reservation> reservations, Set<UUID> locked, Instant decidedAt) {
		int stored = this.jdbc.sql("""
				insert into reservation (order_id, status, reason, decided_at)
				select order_id, status, reason, :decidedAt
				from unnest(:orderIds::uuid[], :statuses::text[], :reasons::text[])
				  as changed (order_id, status, reason)
				order by order_id
				on conflict (order_id)
				do update set status = excluded.status, reason = excluded.reason
				where reservation.order_id = any (:locked::uuid[])""")
			.param("decidedAt", OffsetDateTime.ofInstant(decidedAt, ZoneOffset.UTC))
			.param("orderIds", column(reservations, (reservation) -> reservation.orderId().toString()))
			.param("statuses", column(reservations, (reservation) -> reservation.status().name()))
			.param("reasons", reservations.stream().map(Reservation::reason).toArray(String[]::new))
			.param("locked", column(locked, UUID::toString))
			.update();
		if (stored < reservations.size()) {
			throw new OptimisticLockingFailureException(
					"Another transaction stored reservations of the same orders: expected to store %d, stored %d"
						.formatted(reservations.size(), stored));
		}
	}

	private void insertLines(List<Reservation> reservations) {
		List<String> orderIds = new ArrayList<>();
		List<String> skus = new ArrayList<>();
		List<Integer> quantities = new ArrayList<>();
		for (Reservation reservation : reservations) {
			for (Line line : reservation.lines()) {
				orderIds.add(reservation.orderId().toString());
				skus.add(line.sku());
				quantities.add(line.quantity());
			}
		}
		if (orderIds.isEmpty()) {
			return;
		}
		this.jdbc.sql("""
				insert into reservation_line (order_id, sku, quantity)
				select order_id, sku, quantity
				from unnest(:orderIds::uuid[], :skus::text[], :quantities::int[])
				  as reserved (order_id, sku, quantity)""")
			.param("orderIds", orderIds.toArray(String[]::new))
			.param("skus", skus.toArray(String[]::new))
			.param("quantities", quantities.toArray(Integer[]::new))
			.update();
	}

	private static <T> String[] column(Collection<T> rows, Function<T, String> value) {
		return rows.stream().map(value).toArray(String[]::new);
	}

}
