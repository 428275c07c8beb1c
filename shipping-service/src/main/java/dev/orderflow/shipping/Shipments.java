package dev.orderflow.shipping;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import dev.orderflow.shipping.Shipment.Status;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Shipments and their parcels: set-based SQL, one statement per table and batch. */
@Repository
class Shipments {

	private final JdbcClient jdbc;

	private final Clock clock;

	Shipments(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Stores shipments, each with its address, except those of orders that have one,
	 * which is cancelled.
	 */
	void store(Map<Shipment, Address> planned) {
		Set<UUID> stored = insertShipments(List.copyOf(planned.keySet()), List.copyOf(planned.values()));
		insertParcelLines(planned.keySet().stream().filter((shipment) -> stored.contains(shipment.orderId())).toList());
	}

	/*
	 * The key on order_id decides between this and a cancellation, whichever transaction
	 * comes first. Both lock in key order, so that batches queue up instead of
	 * deadlocking.
	 */
	private Set<UUID> insertShipments(List<Shipment> shipments, List<Address> addresses) {
		return this.jdbc.sql("""
				insert into shipment (shipment_id, order_id, status, planned_for, ship_to_name, ship_to_street,
				  ship_to_city, ship_to_postal_code, ship_to_country, planned_at)
				select shipment_id, order_id, status, planned_for, name, street, city, postal_code, country, :plannedAt
				from unnest(:shipmentIds::uuid[], :orderIds::uuid[], :statuses::text[], :plannedFor::timestamptz[],
				    :names::text[], :streets::text[], :cities::text[], :postalCodes::text[], :countries::text[])
				  as planned (shipment_id, order_id, status, planned_for, name, street, city, postal_code, country)
				order by order_id
				on conflict (order_id) do nothing
				returning order_id""")
			.param("plannedAt", now())
			.param("shipmentIds", column(shipments, (shipment) -> shipment.shipmentId().toString()))
			.param("orderIds", column(shipments, (shipment) -> shipment.orderId().toString()))
			.param("statuses", column(shipments, (shipment) -> shipment.status().name()))
			.param("plannedFor", column(shipments, (shipment) -> String.valueOf(shipment.plannedFor())))
			.param("names", column(addresses, Address::name))
			.param("streets", column(addresses, Address::street))
			.param("cities", column(addresses, Address::city))
			.param("postalCodes", column(addresses, Address::postalCode))
			.param("countries", column(addresses, Address::country))
			.query((row, number) -> row.getObject("order_id", UUID.class))
			.set();
	}

	/**
	 * Cancels the shipments of orders. What is planned for them, the address too, is
	 * deleted, so that the row is the same whether the plan or the cancellation came
	 * first.
	 * @param shipmentIds by order, for those that have no shipment yet
	 */
	void cancel(Map<UUID, UUID> shipmentIds) {
		List<UUID> orderIds = List.copyOf(shipmentIds.keySet());
		this.jdbc.sql("""
				insert into shipment (shipment_id, order_id, status, cancelled_at)
				select shipment_id, order_id, 'CANCELLED', :cancelledAt
				from unnest(:shipmentIds::uuid[], :orderIds::uuid[]) as cancelled (shipment_id, order_id)
				order by order_id
				on conflict (order_id)
				do update set
				  status = excluded.status,
				  cancelled_at = excluded.cancelled_at,
				  planned_for = null,
				  planned_at = null,
				  ship_to_name = null,
				  ship_to_street = null,
				  ship_to_city = null,
				  ship_to_postal_code = null,
				  ship_to_country = null""")
			.param("cancelledAt", now())
			.param("shipmentIds", column(List.copyOf(shipmentIds.values()), UUID::toString))
			.param("orderIds", column(orderIds, UUID::toString))
			.update();
		this.jdbc.sql("""
				delete from parcel_line
				using shipment
				where parcel_line.shipment_id = shipment.shipment_id
				and shipment.order_id = any (:orderIds::uuid[])""")
			.param("orderIds", column(orderIds, UUID::toString))
			.update();
	}

	private void insertParcelLines(List<Shipment> shipments) {
		List<String> shipmentIds = new ArrayList<>();
		List<Integer> numbers = new ArrayList<>();
		List<String> skus = new ArrayList<>();
		List<Integer> quantities = new ArrayList<>();
		for (Shipment shipment : shipments) {
			for (Parcel parcel : shipment.parcels()) {
				for (Parcel.Line line : parcel.lines()) {
					shipmentIds.add(shipment.shipmentId().toString());
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
				select shipment_id, status, planned_for
				from shipment
				where order_id = :orderId""").param("orderId", orderId).query((row, number) -> {
			UUID shipmentId = row.getObject("shipment_id", UUID.class);
			OffsetDateTime plannedFor = row.getObject("planned_for", OffsetDateTime.class);
			return new Shipment(shipmentId, orderId, Status.valueOf(row.getString("status")),
					(plannedFor != null) ? plannedFor.toInstant() : null, List.of());
		})
			.optional()
			// The first query has returned its connection: one request uses one
			// connection.
			.map((shipment) -> shipment.with(parcels(shipment.shipmentId())));
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

	private OffsetDateTime now() {
		return OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	private static <T> String[] column(List<T> rows, Function<T, String> value) {
		return rows.stream().map(value).toArray(String[]::new);
	}

}
