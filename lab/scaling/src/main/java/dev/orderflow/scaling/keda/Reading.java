package dev.orderflow.scaling.keda;

/**
 * What a scaler measured.
 *
 * @param milli the metric, in thousandths
 * @param active whether the trigger is active
 */
public record Reading(long milli, boolean active) {

}
