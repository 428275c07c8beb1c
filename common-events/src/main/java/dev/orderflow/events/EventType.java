package dev.orderflow.events;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every type of event, with the topic it travels on, the record of its data and the
 * version of its JSON Schema. A release may only add optional fields to a type; anything
 * else is a new type with the next major version.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">
 * CloudEvents 1.0, attributes type and dataschema</a>
 */
public enum EventType {

	ORDER_PLACED("order.placed", "1.0.0", Topics.ORDERS, OrderPlaced.class),

	ORDER_CONFIRMED("order.confirmed", "1.0.0", Topics.ORDERS, OrderConfirmed.class),

	ORDER_REJECTED("order.rejected", "1.0.0", Topics.ORDERS, OrderRejected.class),

	ORDER_CANCELLATION_REQUESTED("order.cancellation-requested", "1.0.0", Topics.ORDERS,
			OrderCancellationRequested.class),

	ORDER_CANCELLED("order.cancelled", "1.0.0", Topics.ORDERS, OrderCancelled.class),

	ORDER_SHIPPED("order.shipped", "1.0.0", Topics.ORDERS, OrderShipped.class),

	STOCK_RESERVED("stock.reserved", "1.0.0", Topics.STOCK, StockReserved.class),

	STOCK_REJECTED("stock.rejected", "1.0.0", Topics.STOCK, StockRejected.class),

	SHIPMENT_PLANNED("shipment.planned", "1.0.0", Topics.SHIPMENTS, ShipmentPlanned.class),

	SHIPMENT_DISPATCHED("shipment.dispatched", "1.0.0", Topics.SHIPMENTS, ShipmentDispatched.class),

	SHIPMENT_CANCELLED("shipment.cancelled", "1.0.0", Topics.SHIPMENTS, ShipmentCancelled.class);

	private final String name;

	private final String schemaVersion;

	private final String topic;

	private final Class<?> data;

	EventType(String name, String schemaVersion, String topic, Class<?> data) {
		this.name = name;
		this.schemaVersion = schemaVersion;
		this.topic = topic;
		this.data = data;
	}

	/**
	 * The CloudEvents {@code type}: reverse domain, name, major version, for example
	 * {@code dev.orderflow.order.placed.v1}.
	 */
	public String type() {
		return "dev.orderflow." + this.name + ".v" + this.schemaVersion.substring(0, this.schemaVersion.indexOf('.'));
	}

	/** The topic on which events of this type travel. */
	public String topic() {
		return this.topic;
	}

	/**
	 * The CloudEvents {@code dataschema}: an identifier with the full semantic version,
	 * equal to the {@code $id} of the schema file.
	 */
	public URI dataSchema() {
		return URI.create("https://orderflow.dev/schemas/" + this.name + "/" + this.schemaVersion);
	}

	/** Class path location of the JSON Schema of the data. */
	public String schemaResource() {
		return "schemas/" + this.name + "/" + this.schemaVersion + ".json";
	}

	/** Class path location of the golden sample of the data. */
	public String sampleResource() {
		return "samples/" + this.name + "/" + this.schemaVersion + ".json";
	}

	/** The record that holds the data. */
	public Class<?> data() {
		return this.data;
	}

	/**
	 * The types whose data is a {@code family} record, keyed by CloudEvents {@code type}:
	 * what a consumer of the whole family, or of one record of it, hands to its inbox.
	 */
	public static <E> Map<String, Class<? extends E>> typesOf(Class<E> family) {
		return Arrays.stream(values())
			.filter((type) -> family.isAssignableFrom(type.data))
			.collect(Collectors.toUnmodifiableMap(EventType::type, (type) -> type.data.asSubclass(family)));
	}

	/**
	 * Some types of a {@code family}: what a consumer of these alone hands to its inbox.
	 */
	public static <E> Map<String, Class<? extends E>> typesOf(Class<E> family, EventType... types) {
		return Arrays.stream(types)
			.collect(Collectors.toUnmodifiableMap(EventType::type, (type) -> type.data.asSubclass(family)));
	}

}
