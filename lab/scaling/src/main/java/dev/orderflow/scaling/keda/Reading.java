package dev.orderflow.scaling.keda;

/**
 * A measurement of a scaler.
 *
 * @param milli the metric, in thousandths
 * @param active whether the trigger is active
 */
public record Reading(long milli, boolean active) {

}
