package dev.orderflow.outbox;

import org.apache.kafka.clients.producer.ProducerRecord;

/** A row with everything that is sent. */
record OutboxRow(long id, ProducerRecord<byte[], byte[]> record) {
}
