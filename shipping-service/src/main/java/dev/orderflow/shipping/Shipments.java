package dev.orderflow.shipping;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.orderflow.shipping.Shipment.Status;
import dev.orderflow.shipping.carrier.Address;
import dev.orderflow.shipping.carrier.Carrier.Booking;
import dev.orderflow.shipping.carrier.Consignment;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Shipments and their parcels: set-based SQL, one statement per table and batch. */
@Repository
class Shipments {

	private final JdbcClient jdbc;

	Shipments(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** What is stored for each of the orders. */
	Map<UUID, State> states(Collection<UUID> orderIds) {
		return states(orderIds, "");
	}

	/**
	 * As {@link #states}; the rows stay locked until the transaction ends. Locks are
	 * taken in order_id order, so that batches queue up instead of deadlocking. A row
	 * that does not exist yet cannot be locked: {@link #store} notices if another
	 * transaction inserts it.
	 */
	Map<UUID, State> lock(Collection<UUID> orderIds) {
		return states(orderIds, "for no key update");
	}

	private Map<UUID, State> states(Collection<UUID> orderIds, String lock) {
		Map<UUID, State> states = new HashMap<>();
		orderIds.forEach((orderId) -> states.put(orderId, new State(Shipment.idOf(orderId), null)));
		this.jdbc.sql("""
				select order_id, shipment_id, status
				from shipment
				where order_id = any (:orderIds::uuid[])
				order by order_id
				""" + lock).param("orderIds", column(orderIds, UUID::toString)).query((row) -> {
			states.put(row.getObject("order_id", UUID.class),
					new State(row.getObject("shipment_id", UUID.class), Status.valueOf(row.getString("status"))));
		});
		return states;
	}

	/** What the carrier is to take of those shipments that are planned. */
	List<Consignment> consignments(Collection<UUID> shipmentIds) {
		return this.jdbc.sql("""
				select order_id, ship_to_name, ship_to_street, ship_to_city, ship_to_postal_code,
				  ship_to_country, array_agg(units order by parcel_number) as units
				from shipment
				join (
				  select shipment_id, parcel_number, sum(quantity)::int as units
				  from parcel_line
				  where shipment_id = any (:shipmentIds::uuid[])
				  group by shipment_id, parcel_number
				) as parcel using (shipment_id)
				where status = 'PLANNED'
				group by shipment.shipment_id""")
			.param("shipmentIds", column(shipmentIds, UUID::toString))
			.query((row, number) -> new Consignment(Shipment.idOf(row.getObject("order_id", UUID.class)), address(row),
					parcels((Integer[]) row.getArray("units").getArray())))
			.list();
	}

	private static List<Consignment.Parcel> parcels(Integer[] units) {
		return IntStream.range(0, units.length)
			.mapToObj((index) -> new Consignment.Parcel(index + 1, units[index]))
			.toList();
	}

	private static Address address(ResultSet row) throws SQLException {
		return new Address(row.getString("ship_to_name"), row.getString("ship_to_street"),
				row.getString("ship_to_city"), row.getString("ship_to_postal_code"), row.getString("ship_to_country"));
	}

	/**
	 * Stores changes of shipments that are locked or not stored yet.
	 * @throws OptimisticLockingFailureException if another transaction has stored one of
	 * them since
	 */
	void store(List<Change> changes, Instant at) {
		OffsetDateTime now = OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
		List<Change> planned = changes.stream().filter((change) -> change.plan() != null).toList();
		List<Change> cancelled = changes.stream().filter((change) -> change.after() == Status.CANCELLED).toList();
		try {
			upsert(changes.stream().filter((change) -> change.plan() != null || change.booking() == null).toList(),
					now);
		}
		catch (DuplicateKeyException ex) {
			// Another transaction inserts one of the rows at the same moment.
			throw new OptimisticLockingFailureException("Another transaction is storing one of the shipments", ex);
		}
		deleteParcelLines(cancelled);
		insertParcelLines(planned);
		dispatch(changes.stream().filter((change) -> change.booking() != null).toList(), now);
	}

	/*
	 * Writes the row as a whole, so that it is the same whichever event came first: a
	 * cancelled shipment, for example, has no address. What is dispatched is planned
	 * first.
	 */
	private void upsert(List<Change> changes, OffsetDateTime now) {
		Map<UUID, String> before = new HashMap<>();
		this.jdbc
			.sql("""
					insert into shipment (shipment_id, order_id, status, planned_for, planned_at, ship_to_name, ship_to_street,
					  ship_to_city, ship_to_postal_code, ship_to_country, cancelled_at)
					select shipment_id, order_id, status, planned_for, case status when 'PLANNED' then :now end, name, street,
					  city, postal_code, country, case status when 'CANCELLED' then :now end
					from unnest(:shipmentIds::uuid[], :orderIds::uuid[], :statuses::text[], :plannedFor::timestamptz[],
					    :names::text[], :streets::text[], :cities::text[], :postalCodes::text[], :countries::text[])
					  as changed (shipment_id, order_id, status, planned_for, name, street, city, postal_code, country)
					order by order_id
					on conflict (order_id)
					do update set
					  status = excluded.status,
					  planned_for = excluded.planned_for,
					  planned_at = excluded.planned_at,
					  ship_to_name = excluded.ship_to_name,
					  ship_to_street = excluded.ship_to_street,
					  ship_to_city = excluded.ship_to_city,
					  ship_to_postal_code = excluded.ship_to_postal_code,
					  ship_to_country = excluded.ship_to_country,
					  cancelled_at = excluded.cancelled_at,
					  carrier = excluded.carrier,
					  tracking_number = excluded.tracking_number,
					  dispatched_at = excluded.dispatched_at
					returning order_id, old.status as before""")
			.param("now", now)
			.param("shipmentIds", column(changes, (change) -> change.shipmentId().toString()))
			.param("orderIds", column(changes, (change) -> change.orderId().toString()))
			.param("statuses", column(changes, (change) -> (change.plan() != null) ? "PLANNED" : change.after().name()))
			.param("plannedFor", planColumn(changes, (plan) -> plan.plannedFor().toString()))
			.param("names", planColumn(changes, (plan) -> plan.shipTo().name()))
			.param("streets", planColumn(changes, (plan) -> plan.shipTo().street()))
			.param("cities", planColumn(changes, (plan) -> plan.shipTo().city()))
			.param("postalCodes", planColumn(changes, (plan) -> plan.shipTo().postalCode()))
			.param("countries", planColumn(changes, (plan) -> plan.shipTo().country()))
			.query((row) -> {
				before.put(row.getObject("order_id", UUID.class), row.getString("before"));
			});
		for (Change change : changes) {
			String expected = (change.before().status() != null) ? change.before().status().name() : null;
			if (!Objects.equals(before.get(change.orderId()), expected)) {
				throw new OptimisticLockingFailureException(
						"Another transaction has stored shipment %s since: expected %s, found %s"
							.formatted(change.shipmentId(), expected, before.get(change.orderId())));
			}
		}
	}

	private void dispatch(List<Change> changes, OffsetDateTime now) {
		List<Booking> bookings = changes.stream().map(Change::booking).toList();
		this.jdbc.sql("""
				update shipment
				set status = 'DISPATCHED', carrier = booked.carrier, tracking_number = booked.tracking_number,
				  dispatched_at = :now
				from unnest(:shipmentIds::uuid[], :carriers::text[], :trackingNumbers::text[])
				  as booked (shipment_id, carrier, tracking_number)
				where shipment.shipment_id = booked.shipment_id""")
			.param("now", now)
			.param("shipmentIds", column(changes, (change) -> change.shipmentId().toString()))
			.param("carriers", column(bookings, Booking::carrier))
			.param("trackingNumbers", column(bookings, Booking::trackingNumber))
			.update();
	}

	private void deleteParcelLines(List<Change> changes) {
		this.jdbc.sql("delete from parcel_line where shipment_id = any (:shipmentIds::uuid[])")
			.param("shipmentIds", column(changes, (change) -> change.shipmentId().toString()))
			.update();
	}

	private void insertParcelLines(List<Change> changes) {
		List<String> shipmentIds = new ArrayList<>();
		List<Integer> numbers = new ArrayList<>();
		List<String> skus = new ArrayList<>();
		List<Integer> quantities = new ArrayList<>();
		for (Change change : changes) {
			for (Parcel parcel : Objects.requireNonNull(change.plan()).parcels()) {
				for (Parcel.Line line : parcel.lines()) {
					shipmentIds.add(change.shipmentId().toString());
					numbers.add(parcel.number());
					skus.add(line.sku());
					quantities.add(line.quantity());
				}
			}
		}
		this.jdbc.sql("""
				insert into parcel_line (shipment_id, parcel_number, sku, quantity)
				select shipment_id, parcel_number, sku, quantity
				from unnest(:shipmentIds::uuid[], :numbers::int[], :skus::text[], :quantities::int[])
				  as packed (shipment_id, parcel_number, sku, quantity)""")
			.param("shipmentIds", shipmentIds.toArray(String[]::new))
			.param("numbers", numbers.toArray(Integer[]::new))
			.param("skus", skus.toArray(String[]::new))
			.param("quantities", quantities.toArray(Integer[]::new))
			.update();
	}

	/** The shipment of an order, if there is one. */
	Optional<Shipment> ofOrder(UUID orderId) {
		return this.jdbc.sql("""
				select shipment_id, order_id, status, planned_for, carrier, tracking_number, dispatched_at
				from shipment
				where order_id = :orderId""")
			.param("orderId", orderId)
			.query(Shipments::shipment)
			.optional()
			// The first query has returned its connection: one request uses one
			// connection.
			.map((shipment) -> shipment.with(parcels(shipment.shipmentId())));
	}

	private static Shipment shipment(ResultSet row, int number) throws SQLException {
		return new Shipment(row.getObject("shipment_id", UUID.class), row.getObject("order_id", UUID.class),
				Status.valueOf(row.getString("status")), instant(row, "planned_for"), List.of(),
				row.getString("carrier"), row.getString("tracking_number"), instant(row, "dispatched_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	private List<Parcel> parcels(UUID shipmentId) {
		SequencedMap<Integer, List<Parcel.Line>> lines = new TreeMap<>();
		this.jdbc.sql("""
				select parcel_number, sku, quantity
				from parcel_line
				where shipment_id = :shipmentId
				order by parcel_number, sku""").param("shipmentId", shipmentId).query((row) -> {
			lines.computeIfAbsent(row.getInt("parcel_number"), (number) -> new ArrayList<>())
				.add(new Parcel.Line(row.getString("sku"), row.getInt("quantity")));
		});
		return lines.entrySet().stream().map((parcel) -> new Parcel(parcel.getKey(), parcel.getValue())).toList();
	}

	private static <T> String[] column(Collection<T> rows, Function<T, String> value) {
		return rows.stream().map(value).toArray(String[]::new);
	}

	/** Null for a change without a plan. */
	private static @Nullable String[] planColumn(List<Change> changes, Function<Plan, String> value) {
		return changes.stream()
			.map((change) -> (change.plan() != null) ? value.apply(change.plan()) : null)
			.toArray(String[]::new);
	}

	/**
	 * What is stored for an order.
	 *
	 * @param shipmentId its shipment, or the one that it will get
	 * @param status null if there is none yet
	 */
	record State(UUID shipmentId, @Nullable Status status) {
	}

}
