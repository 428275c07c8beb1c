package dev.orderflow.outbox;

/** The metrics and spans of a relay. */
record RelayTelemetry(OutboxMetrics metrics, SendSpans spans) {
}
