/**
 * {@code bin/deadletters}: what an operator does with dead letters and parked outbox
 * rows. Read {@link dev.orderflow.operate.DeadLetters}.
 */
@NullMarked
package dev.orderflow.operate;

import org.jspecify.annotations.NullMarked;
