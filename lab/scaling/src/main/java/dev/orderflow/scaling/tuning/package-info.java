/**
 * Searches for a better scaling policy: {@link dev.orderflow.scaling.tuning.Search} tries
 * {@link dev.orderflow.scaling.tuning.Policy policies} of a
 * {@link dev.orderflow.scaling.tuning.PolicySpace} and weighs each
 * {@link dev.orderflow.scaling.tuning.Score}.
 */
@NullMarked
package dev.orderflow.scaling.tuning;

import org.jspecify.annotations.NullMarked;
