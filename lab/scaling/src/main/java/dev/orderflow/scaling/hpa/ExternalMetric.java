package dev.orderflow.scaling.hpa;

import java.util.OptionalLong;

import dev.orderflow.scaling.manifest.Trigger.MetricType;

/**
 * An external metric at a sync.
 *
 * @param type whether the target is per replica or for all
 * @param targetMilli the target, in thousandths
 * @param usageMilli the value, in thousandths; empty if it is unavailable
 */
public record ExternalMetric(MetricType type, long targetMilli, OptionalLong usageMilli) {

}
