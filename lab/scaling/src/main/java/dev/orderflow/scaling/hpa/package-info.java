/**
 * What the HorizontalPodAutoscaler of Kubernetes v1.36.2 makes of KEDA's metrics.
 * {@link dev.orderflow.scaling.hpa.HorizontalPodAutoscaler} is one sync:
 * {@link dev.orderflow.scaling.hpa.ReplicaCalculator} computes how many replicas the
 * metrics ask for, {@link dev.orderflow.scaling.hpa.Normalisation} limits how fast the
 * autoscaler may get there.
 */
@NullMarked
package dev.orderflow.scaling.hpa;

import org.jspecify.annotations.NullMarked;
