/**
 * PostgreSQL and Kafka without containers, for the demo and for tests. Each is a process
 * of its own. Read {@link dev.orderflow.stack.server.PostgresServer}, then
 * {@link dev.orderflow.stack.server.KafkaServer}, then
 * {@link dev.orderflow.stack.server.ChildProcess}. What holds for such servers in
 * containers as well is in {@link dev.orderflow.stack.server.PostgresSettings},
 * {@link dev.orderflow.stack.server.DatabaseSetup} and
 * {@link dev.orderflow.stack.server.BrokerSettings}.
 */
@NullMarked
package dev.orderflow.stack.server;

import org.jspecify.annotations.NullMarked;
