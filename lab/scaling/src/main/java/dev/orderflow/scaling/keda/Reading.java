package dev.orderflow.scaling.keda;

/**
 * What a scaler measured.
 *
 * @param milli the metric, in thousandths
 * @param active whether there is something to do
 */
public record Reading(long milli, boolean active) {

}
