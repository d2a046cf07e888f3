package de.doppelboden.register.gate;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.Way;
import de.doppelboden.cycle.ServiceCycle;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Which way a clerk's request goes: what the switch says, and what her own session has written. */
final class Ways {

    private static final long PAUSE_NANOS = 5_000_000;

    private final ServiceCycle cycle;
    private final Time time;

    Ways(ServiceCycle cycle, Time time) {
        this.cycle = cycle;
        this.time = time;
    }

    Way read(Operation operation, @Nullable Key key, Optional<ClerkSession> session, String slice) {
        var way = cycle.users().way(operation, key, slice, time.nanos());
        boolean hasWritten = way == Way.PRIMARY
                && session.filter(who ->
                                who.readsFromStandby(cycle.users().ownership().epoch()))
                        .isPresent()
                && cycle.users().state() != State.NORMAL;
        return hasWritten ? Way.STANDBY : way;
    }

    /** As {@link #read} for reads; a write waits while ownership changes, at most the service's hold, and then is told to. */
    Way awaited(Operation operation, @Nullable Key key, Optional<ClerkSession> session, String slice) {
        if (operation.read()) {
            return read(operation, key, session, slice);
        }
        long until = time.nanos() + cycle.service().returning().hold().toNanos();
        var way = cycle.users().way(operation, key, slice, time.nanos());
        while (way == Way.HOLD && time.nanos() - until < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            way = cycle.users().way(operation, key, slice, time.nanos());
        }
        return way;
    }

    /** The side of who is not known to be anybody in particular. */
    boolean standbyServes(String slice) {
        var anyRead =
                cycle.service().operations().stream().filter(Operation::read).findFirst();
        return anyRead.map(operation -> cycle.users().way(operation, null, slice, time.nanos()) == Way.STANDBY)
                .orElse(cycle.users().serving() == Side.STANDBY);
    }
}
