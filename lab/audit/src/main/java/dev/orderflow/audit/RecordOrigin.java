package dev.orderflow.audit;

/** Where a record stands on a topic. */
public record RecordOrigin(String topic, int partition, long offset) {
}
