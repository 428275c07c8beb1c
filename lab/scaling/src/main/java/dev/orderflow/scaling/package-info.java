/**
 * Reads the ScaledObjects of the cluster and says what would happen with them. Reading
 * order: {@code manifest} (what is asked for), {@code keda} and {@code hpa} (what KEDA
 * and Kubernetes make of it, to the letter), {@code simulation} (traffic, pods and clocks
 * around it) and {@code lint} (known traps). {@link dev.orderflow.scaling.Simulate} is
 * what {@code bin/simulate} runs.
 */
@NullMarked
package dev.orderflow.scaling;

import org.jspecify.annotations.NullMarked;
