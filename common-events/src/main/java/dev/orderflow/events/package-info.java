/**
 * What crosses the wire between services. Read {@link dev.orderflow.events.EventType}
 * (each type with its topic and schema), then the records of its data, then
 * {@link dev.orderflow.events.Topics}.
 */
@NullMarked
package dev.orderflow.events;

import org.jspecify.annotations.NullMarked;
