/**
 * Ships orders. Reading order, along the data flow: {@code OrderEventsHandler} (events
 * come in), {@code OrderNews} (what they say about one order), {@code BookShipments} (the
 * carrier is called), {@code MoveShipments} (what follows, in one transaction),
 * {@code Shipments} (its SQL), {@code ShipmentEvents} (events go out),
 * {@code ShipmentController} (what a person sees).
 */
@NullMarked
package dev.orderflow.shipping;

import org.jspecify.annotations.NullMarked;
