/**
 * What operators do with dead letters and parked outbox rows, over HTTP on the management
 * port. Read {@link dev.orderflow.operator.DeadLettersController} for the operations,
 * {@link dev.orderflow.operator.LetterAction} for the states that they lead to.
 */
@NullMarked
package dev.orderflow.operator;

import org.jspecify.annotations.NullMarked;
