package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.ownership.Ownership;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where a service stands: state, mode, ownership, and what of it is apart. The service's own thread; the rest reads copies. */
final class Position {

    private final Time time;
    State state;
    Instant since;
    long sinceNanos;
    String reason;
    Mode mode;

    /** A person moved users to the standby: they stay there until a person orders them back. */
    boolean byOrder;

    Ownership ownership;
    final Set<String> moved;
    Optional<Proof> proof;

    /** Users who are served by the other side than the state says: an exercise, or the first slices of a return. */
    Slice aside = Slice.NOBODY;

    /** Why writes wait; empty when they do not. */
    String hold = "";

    /** Classes whose writes wait for a moment, because it is about to be known whether users are moved. */
    Set<String> pending = Set.of();

    /** Classes of which nothing is answered just now where they are: their writes wait as well, if either side may do them. */
    Set<String> stalled = Set.of();

    Position(Saved start, Time time) {
        this.time = time;
        this.state = start.state();
        this.since = start.since();
        this.sinceNanos = time.nanos();
        this.reason = start.reason();
        this.mode = start.mode();
        this.byOrder = start.byOrder();
        this.ownership = start.ownership();
        this.moved = new TreeSet<>(start.movedClasses());
        this.proof = start.proof();
    }

    void enter(State next, String why) {
        state = next;
        since = time.wall();
        sinceNanos = time.nanos();
        reason = why;
        hold = "";
        pending = Set.of();
        stalled = Set.of();
        aside = Slice.NOBODY;
        byOrder &= next.serving() == Side.STANDBY;
    }

    /** How long it has been in its state. */
    long nanos() {
        return time.nanos() - sinceNanos;
    }

    /** For free keys, which each gateway moves by itself. */
    void own(Side side, String why) {
        ownership = new Ownership(ownership.epoch() + 1, side, Slice.NOBODY, time.wall(), why);
    }

    Route route(String trouble) {
        return new Route(
                state,
                state.serving(),
                ownership,
                Set.copyOf(moved),
                aside,
                !hold.isEmpty(),
                pending,
                stalled,
                hold.isEmpty() ? trouble : hold);
    }

    Saved saved(ReturnRamp ramp, Optional<Set<String>> company, Optional<Instant> nextExercise) {
        return new Saved(
                state,
                since,
                reason,
                mode,
                byOrder,
                ownership,
                company,
                moved,
                ramp.failedReturns(),
                ramp.lastReturn(),
                proof,
                nextExercise);
    }
}
