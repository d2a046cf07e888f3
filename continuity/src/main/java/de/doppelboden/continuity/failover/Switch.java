package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.ownership.Entitlement;
import de.doppelboden.continuity.ownership.Ownership;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the data path which side serves: one volatile read (a second for writes of ordered keys),
 * no lock, no allocation. Written by the service's own thread.
 *
 * <p>A session that has written reads from the side where it wrote until {@link #ownership()} has a higher epoch; keeping
 * that with the session is the gateway's part.
 */
public final class Switch {

    private final Supplier<Entitlement> entitlement;
    private final boolean ordered;
    private volatile Route route;

    Switch(KeyKind keys, Route route, Supplier<Entitlement> entitlement) {
        this.ordered = keys == KeyKind.ORDERED;
        this.route = route;
        this.entitlement = entitlement;
    }

    /**
     * Where this request goes.
     *
     * @param key what it is about, where the operation has one
     * @param slice what exercises and returns pick users by: a session's or an office's stable id
     * @param nanos now
     */
    public Way way(Operation operation, @Nullable Key key, String slice, long nanos) {
        var now = route;
        var owned = ordered && !operation.read();
        var byOwner = owned || ordered && key != null && now.readsByOwner();
        var side = byOwner ? owner(now, key) : now.side(operation, slice);
        if (side == Side.STANDBY && operation.policy() == Policy.FORBIDDEN) {
            return Way.FORBIDDEN;
        }
        if (!operation.read() && now.holds(operation, side)
                || owned && !entitlement.get().allows(now.ownership().epoch(), nanos)) {
            return Way.HOLD;
        }
        return Way.to(side);
    }

    /**
     * The same for what either side may do ({@link Operation#either()}). While it is about to be known whether users are moved from the
     * primary, it waits for that as long as its answer can be in time, and is then done by the standby, which answers; at the primary,
     * which does not, it would wait with the others.
     *
     * @param begun when the user asked
     */
    public Way way(Operation operation, String slice, long begun, long nanos) {
        var way = way(operation, null, slice, nanos);
        var atPrimary = way == Way.PRIMARY || way == Way.HOLD;
        if (ordered || !operation.either() || !atPrimary || !route.undecided(operation)) {
            return way;
        }
        return operation.inTime(nanos - begun) ? Way.HOLD : Way.STANDBY;
    }

    /** Whether writes go anywhere now, or wait until it is certain who owns the keys. */
    public boolean takesWrites(long nanos) {
        var now = route;
        return !now.held()
                && (!ordered || entitlement.get().allows(now.ownership().epoch(), nanos));
    }

    private static Side owner(Route now, @Nullable Key key) {
        return key == null ? now.ownership().owner() : now.ownership().of(key);
    }

    public State state() {
        return route.state();
    }

    public Ownership ownership() {
        return route.ownership();
    }

    /** Classes ({@link Operation#movesAs()}) that are served by the other side than {@link #serving()}. */
    public Set<String> movedClasses() {
        return route.moved();
    }

    /** The side that serves users who are in no moving slice. */
    public Side serving() {
        return route.serving();
    }

    /** Why a write waits, for the answer that refuses it when it has waited too long. */
    public String holdReason() {
        return route.holdReason();
    }

    void set(Route next) {
        route = next;
    }
}
