package dev.orderflow.orders;

import java.util.UUID;

import io.cloudevents.CloudEvent;

/**
 * What another service says about an order.
 *
 * @param trigger what happened
 * @param event the event that says so
 */
record Report(UUID orderId, Trigger trigger, CloudEvent event) {

}
