/**
 * Traffic, pods and clocks around KEDA and the autoscaler, second by second.
 * {@link dev.orderflow.scaling.simulation.Scenarios} are predefined loads,
 * {@link dev.orderflow.scaling.simulation.RecordingFile} reads recorded traffic instead,
 * {@link dev.orderflow.scaling.simulation.Simulation} runs one with a ScaledObject and a
 * {@link dev.orderflow.scaling.simulation.Replica}, and
 * {@link dev.orderflow.scaling.simulation.Run} is the result.
 */
@NullMarked
package dev.orderflow.scaling.simulation;

import org.jspecify.annotations.NullMarked;
