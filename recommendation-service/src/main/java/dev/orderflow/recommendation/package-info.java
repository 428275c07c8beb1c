/**
 * Counts which products are bought together. Reading order, along the data flow:
 * {@code OrderEventsHandler} (an event comes in), {@code CountPairs} (what is counted),
 * {@code Pairs} (its SQL), {@code RecommendationController} (what a person sees).
 */
@NullMarked
package dev.orderflow.recommendation;

import org.jspecify.annotations.NullMarked;
