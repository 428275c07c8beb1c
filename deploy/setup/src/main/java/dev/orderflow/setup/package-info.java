/**
 * Creates the prerequisites of the services in a remote environment: in containers, in a
 * cluster, on another machine. Reading order: {@link dev.orderflow.setup.Setup} (the
 * command), {@link dev.orderflow.setup.DatabaseSetup} and
 * {@link dev.orderflow.setup.TopicSetup}.
 */
@NullMarked
package dev.orderflow.setup;

import org.jspecify.annotations.NullMarked;
