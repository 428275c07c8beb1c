package dev.orderflow.outbox;

/** What a relay tells about itself. */
record RelayTelemetry(OutboxMetrics metrics, SendSpans spans) {
}
