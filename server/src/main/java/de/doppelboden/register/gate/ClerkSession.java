package de.doppelboden.register.gate;

import java.time.Instant;

/** One clerk's session at the gate, whichever side she logged in at. Any thread. */
final class ClerkSession {

    private final String id;
    private final Clerk clerk;
    private volatile Instant lastUsed;
    private volatile long wroteUnder = -1;

    ClerkSession(String id, Clerk clerk, Instant lastUsed) {
        this.id = id;
        this.clerk = clerk;
        this.lastUsed = lastUsed;
    }

    /** Opaque; says nothing of a cookie. */
    String id() {
        return id;
    }

    Clerk clerk() {
        return clerk;
    }

    Instant lastUsed() {
        return lastUsed;
    }

    void usedAt(Instant now) {
        lastUsed = now;
    }

    /** What she wrote on the standby under this epoch she must also read there. */
    void wrote(long epoch) {
        wroteUnder = epoch;
    }

    boolean readsFromStandby(long epoch) {
        return wroteUnder == epoch;
    }
}
