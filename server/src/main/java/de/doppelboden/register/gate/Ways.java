package de.doppelboden.register.gate;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.failover.Way;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.register.RegisterOperations;
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
        return switch (cycle.users().state()) {
            case NORMAL -> way;
            case EXERCISING -> exercised(way, operation, key, session);
            case FAILING_OVER, ON_STANDBY, RECONCILING, RETURNING ->
                way == Way.PRIMARY && hasWritten(session, Side.STANDBY) ? Way.STANDBY : way;
        };
    }

    /**
     * In an exercise the primary is well: who is not known stays there, instead of being asked to log in; so does who wrote
     * there last, for a search; and the form of somebody new, who is no key yet, is shown where it can be sent.
     */
    private Way exercised(Way way, Operation operation, @Nullable Key key, Optional<ClerkSession> session) {
        boolean opensForm = operation.name().equals(RegisterOperations.VIEW);
        boolean stays = session.isEmpty() || key == null && (opensForm || hasWritten(session, Side.PRIMARY));
        return way == Way.STANDBY && stays ? Way.PRIMARY : way;
    }

    private boolean hasWritten(Optional<ClerkSession> session, Side side) {
        long epoch = cycle.users().ownership().epoch();
        return session.filter(who -> who.readsFrom(side, epoch)).isPresent();
    }

    /** Which way a request would go now. */
    Way now(Task task) {
        Key key = task.key().orElse(null);
        return task.operation().read()
                ? read(task.operation(), key, task.session(), task.slice())
                : cycle.users().way(task.operation(), key, task.slice(), time.nanos());
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

    /** Where goes what belongs to no operation; in an exercise users see pages of both sides, and ours bring their own. */
    boolean standbyServes(String slice) {
        if (cycle.users().state() == State.EXERCISING) {
            return false;
        }
        var anyRead =
                cycle.service().operations().stream().filter(Operation::read).findFirst();
        return anyRead.map(operation -> cycle.users().way(operation, null, slice, time.nanos()) == Way.STANDBY)
                .orElse(cycle.users().serving() == Side.STANDBY);
    }
}
