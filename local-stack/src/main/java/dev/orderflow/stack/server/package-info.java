/**
 * PostgreSQL and Kafka without containers, for the demo and for tests. Each is a process
 * of its own. Read {@link dev.orderflow.stack.server.PostgresServer}, then
 * {@link dev.orderflow.stack.server.KafkaServer}, then
 * {@link dev.orderflow.stack.server.ChildProcess}.
 */
@NullMarked
package dev.orderflow.stack.server;

import org.jspecify.annotations.NullMarked;
