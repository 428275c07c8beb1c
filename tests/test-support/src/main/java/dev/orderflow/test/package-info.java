/**
 * What the tests of every service share. Read {@link dev.orderflow.test.TestServers}
 * (PostgreSQL and Kafka; package {@code server} starts them), then
 * {@link dev.orderflow.test.TopicReader} and {@link dev.orderflow.test.TopicWriter}
 * (records as they are), then {@link dev.orderflow.test.ChildJvm} (what must survive a
 * crash), then {@link dev.orderflow.test.ConventionRules}. What only consumers share is
 * in {@link dev.orderflow.test.consumer}.
 */
@NullMarked
package dev.orderflow.test;

import org.jspecify.annotations.NullMarked;
