/**
 * How events leave a service. Read {@link dev.orderflow.outbox.Outbox} (append in the
 * business transaction), then {@code OutboxRelay} (one elected relay per database),
 * {@code RelayTerm} (what the elected one does) and {@code LeaderLock} (how it is
 * elected).
 */
@NullMarked
package dev.orderflow.outbox;

import org.jspecify.annotations.NullMarked;
