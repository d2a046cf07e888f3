package de.doppelboden.continuity;

/** One of the two systems that can serve a service's users. */
public enum Side {
    /** The system that normally serves. */
    PRIMARY,
    /** The one that is kept fed, watched and proven beside it. */
    STANDBY;

    public Side other() {
        return switch (this) {
            case PRIMARY -> STANDBY;
            case STANDBY -> PRIMARY;
        };
    }

    /** As a sentence says it. */
    public String spoken() {
        return switch (this) {
            case PRIMARY -> "primary";
            case STANDBY -> "standby";
        };
    }
}
