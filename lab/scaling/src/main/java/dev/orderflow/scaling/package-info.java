/**
 * Reads the cluster's ScaledObjects and simulates how they scale. Reading order:
 * {@code manifest} (the configuration), {@code keda} and {@code hpa} (the exact
 * algorithms of KEDA and Kubernetes), {@code simulation} (traffic, pods and clocks around
 * them) and {@code lint} (known traps). {@link dev.orderflow.scaling.Simulate} is what
 * {@code bin/simulate} runs.
 */
@NullMarked
package dev.orderflow.scaling;

import org.jspecify.annotations.NullMarked;
