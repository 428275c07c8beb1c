/**
 * Breaks a running system in every way that it claims to survive, under a steady stream
 * of orders, and judges what became of each. In reading order:
 * {@link dev.orderflow.faults.Audit} is the command,
 * {@link dev.orderflow.faults.FaultPlan} decides what breaks when,
 * {@link dev.orderflow.faults.AuditRun} lets it happen,
 * {@link dev.orderflow.faults.Recovery} measures how long the system needs,
 * {@link dev.orderflow.faults.Verdict} is the result.
 */
@NullMarked
package dev.orderflow.faults;

import org.jspecify.annotations.NullMarked;
