/**
 * What KEDA v2.20.2 makes of a ScaledObject:
 * {@link dev.orderflow.scaling.keda.KafkaScaler} and
 * {@link dev.orderflow.scaling.keda.PrometheusScaler} measure,
 * {@link dev.orderflow.scaling.keda.KedaMetrics} says what is passed on while measuring
 * fails, {@link dev.orderflow.scaling.keda.ScaleLoop} decides over 0 to 1 and N to 0.
 * From 1 on the autoscaler decides, in {@code hpa}. Each class names the function that it
 * follows; {@link dev.orderflow.scaling.keda.Milli} is the unit of both.
 */
@NullMarked
package dev.orderflow.scaling.keda;

import org.jspecify.annotations.NullMarked;
