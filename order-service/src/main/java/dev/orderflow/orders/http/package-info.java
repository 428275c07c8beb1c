/**
 * The API: {@link dev.orderflow.orders.http.OrderController} (placing and reading),
 * {@code CancellationController}, {@code HistoryController} (what happened to an order)
 * and {@code CatalogueController} (what can be ordered);
 * {@link dev.orderflow.orders.http.OrderRequest} (what is valid), the records that are
 * returned, {@code OrderProblems} (what this service alone refuses) and
 * {@code ApiDocument} (the OpenAPI document).
 */
@NullMarked
package dev.orderflow.orders.http;

import org.jspecify.annotations.NullMarked;
