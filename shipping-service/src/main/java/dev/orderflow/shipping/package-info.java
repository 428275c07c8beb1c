/**
 * Plans the shipment of orders. Reading order, along the data flow:
 * {@code OrderEventsHandler} (an event comes in), {@code PlanShipment} (the plan),
 * {@code Shipments} (its SQL), {@code ShipmentController} (what a person sees).
 */
@NullMarked
package dev.orderflow.shipping;

import org.jspecify.annotations.NullMarked;
