/**
 * PostgreSQL and Kafka of a test run: as processes, or in containers. Read
 * {@link dev.orderflow.test.server.ServerProvider}, then
 * {@link dev.orderflow.test.server.TestPostgres} and
 * {@link dev.orderflow.test.server.TestKafka}. What the servers have in common, settings,
 * databases and roles, is {@code deploy/setup}'s.
 */
@NullMarked
package dev.orderflow.test.server;

import org.jspecify.annotations.NullMarked;
