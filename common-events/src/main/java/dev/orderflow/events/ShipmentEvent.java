package dev.orderflow.events;

/**
 * Data of an event about the shipment of one order, on the topic
 * {@link Topics#SHIPMENTS}.
 */
public sealed interface ShipmentEvent extends Event permits ShipmentPlanned, ShipmentDispatched, ShipmentCancelled {

}
