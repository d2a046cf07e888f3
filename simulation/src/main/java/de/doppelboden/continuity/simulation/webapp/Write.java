package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Operation;

/** What a visitor wants done once, however often it is sent. */
final class Write {

    final long id;
    final Operation operation;

    /** The visitor's program sends an idempotency key, so that it may be sent to a second server. */
    final boolean keyed;

    int attempts;

    Write(long id, Operation operation, boolean keyed) {
        this.id = id;
        this.operation = operation;
        this.keyed = keyed;
    }
}
