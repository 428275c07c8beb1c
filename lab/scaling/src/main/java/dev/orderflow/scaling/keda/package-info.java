/**
 * What KEDA v2.20.2 makes of a ScaledObject:
 * {@link dev.orderflow.scaling.keda.KafkaScaler} and
 * {@link dev.orderflow.scaling.keda.PrometheusScaler} measure,
 * {@link dev.orderflow.scaling.keda.KedaMetrics} decides what the autoscaler gets while
 * measuring fails, {@link dev.orderflow.scaling.keda.ScaleLoop} scales from 0 to 1 and
 * from N to 0. From 1 replica on the autoscaler decides, in {@code hpa}. Each class names
 * the KEDA function that it follows; {@link dev.orderflow.scaling.keda.Milli} is the unit
 * of both packages.
 */
@NullMarked
package dev.orderflow.scaling.keda;

import org.jspecify.annotations.NullMarked;
