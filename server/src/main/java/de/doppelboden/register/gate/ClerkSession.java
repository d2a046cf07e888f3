package de.doppelboden.register.gate;

import de.doppelboden.continuity.Side;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One clerk's session at the gate, whichever side she logged in at. Any thread. */
final class ClerkSession {

    private final String id;
    private final Clerk clerk;
    private volatile Instant lastUsed;
    private volatile Written written = new Written(Side.PRIMARY, -1);
    private volatile @Nullable Carried untold;
    private volatile @Nullable Carried told;

    private record Written(Side side, long epoch) {}

    /**
     * An act that the primary has carried out and answered with a redirect to the page that would say so.
     *
     * @param om whose record it was about; empty for somebody new
     * @param next path of that page: another tab of hers that asks for something else gets what it asks for
     */
    record Carried(String operation, String om, String next, Instant at) {}

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

    /** The primary has carried out her act; the page that says so is still to come. */
    void carriedOut(Carried act) {
        untold = act;
    }

    /** The primary has shown her a page: if it is the one that says so, she knows what has become of her act. */
    void sawThePrimary(String path) {
        var act = untold;
        if (act != null && act.next().equals(path)) {
            untold = null;
        }
    }

    /** What nobody has told her yet and the page at this path would have, if it is not long ago; whoever asks tells her. */
    Optional<Carried> untold(String path, Instant notBefore) {
        var act = untold;
        if (act == null || !act.next().equals(path)) {
            return Optional.empty();
        }
        untold = null;
        if (act.at().isBefore(notBefore)) {
            return Optional.empty();
        }
        told = act;
        return Optional.of(act);
    }

    /** What she was told last, to be shown again when she loads the page anew. */
    Optional<Carried> told() {
        return Optional.ofNullable(told);
    }

    boolean readsFrom(Side side, long epoch) {
        return written.equals(new Written(side, epoch));
    }
}
