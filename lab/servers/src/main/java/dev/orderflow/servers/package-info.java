/**
 * PostgreSQL and Kafka without containers, for the demo and for tests. Each is a process
 * of its own. Read {@link dev.orderflow.servers.PostgresServer}, then
 * {@link dev.orderflow.servers.KafkaServer}, then
 * {@link dev.orderflow.servers.ChildProcess}. Settings shared with the servers in
 * containers are in {@link dev.orderflow.setup.PostgresSettings},
 * {@link dev.orderflow.setup.DatabaseSetup} and
 * {@link dev.orderflow.servers.BrokerSettings}.
 */
@NullMarked
package dev.orderflow.servers;

import dev.orderflow.setup.DatabaseSetup;
import dev.orderflow.setup.PostgresSettings;
import org.jspecify.annotations.NullMarked;
