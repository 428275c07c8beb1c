/**
 * Records that could not be processed, kept as they came: a row in the service's database
 * and a record on the service's DLQ topic.
 */
@NullMarked
package dev.orderflow.deadletter;

import org.jspecify.annotations.NullMarked;
