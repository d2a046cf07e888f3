package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Side;

/** Where a request goes now. */
public enum Way {
    PRIMARY,
    STANDBY,
    /** A write that must wait while ownership changes: ask again, for at most the service's hold, then refuse with the reason. */
    HOLD,
    /** The standby serves, and this operation is not done there: refuse, with what to do instead. */
    FORBIDDEN;

    public static Way to(Side side) {
        return switch (side) {
            case PRIMARY -> PRIMARY;
            case STANDBY -> STANDBY;
        };
    }
}
