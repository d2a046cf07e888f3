package de.doppelboden.register.gate;

import de.doppelboden.continuity.Side;
import java.time.Instant;

/** One clerk's session at the gate, whichever side she logged in at. Any thread. */
final class ClerkSession {

    private final String id;
    private final Clerk clerk;
    private volatile Instant lastUsed;
    private volatile Written written = new Written(Side.PRIMARY, -1);

    private record Written(Side side, long epoch) {}

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

    /** What she wrote on a side under this epoch she must also read there. */
    void wrote(Side side, long epoch) {
        written = new Written(side, epoch);
    }

    boolean readsFrom(Side side, long epoch) {
        return written.equals(new Written(side, epoch));
    }
}
