/**
 * Reads the cluster's ScaledObjects and simulates how they scale. Reading order:
 * {@code manifest} (the configuration), {@code keda} and {@code hpa} (the exact
 * algorithms of KEDA and Kubernetes), {@code simulation} (traffic, pods and clocks around
 * them), {@code lint} (known traps) and {@code tuning} (a search for other values).
 * {@link dev.orderflow.scaling.Simulate} is what {@code bin/simulate} runs,
 * {@link dev.orderflow.scaling.Tune} what {@code bin/tune} runs.
 */
@NullMarked
package dev.orderflow.scaling;

import org.jspecify.annotations.NullMarked;
