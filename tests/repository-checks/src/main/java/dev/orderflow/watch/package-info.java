/**
 * Whether what Prometheus and Grafana are told to show is there: metrics, links,
 * runbooks, tests of alerts.
 */
package dev.orderflow.watch;
