package de.doppelboden.webapp.gate;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.failover.Way;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.cycle.ServiceCycle;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Which way a request goes, and how long it waits for users to be moved. */
final class Ways {

    private static final Duration AT_LEAST = Duration.ofMillis(800);
    private static final int ONE_IN = 3;
    private static final int WRITERS_AT_MOST = 50_000;

    /** The judge speaks every 50 ms; each look costs whoever waits a wake-up. */
    private static final long PAUSE_NANOS = 10_000_000;

    private final ServiceCycle cycle;
    private final Time time;
    private final Set<String> wrote = ConcurrentHashMap.newKeySet();

    Ways(ServiceCycle cycle, Time time) {
        this.cycle = cycle;
        this.time = time;
    }

    /** Whose session only the standby knows stays there as long as it is well. */
    Way now(Errand errand) {
        var users = cycle.users();
        long nanos = time.nanos();
        var way = errand.either()
                ? users.way(errand.operation(), errand.session().slice(), errand.begin(), nanos)
                : users.way(errand.operation(), null, errand.session().slice(), nanos);
        if (errand.session().stays() && way == Way.PRIMARY && cycle.evidence().standby() == Verdict.HEALTHY) {
            return Way.STANDBY;
        }
        return cycle.users().state() == State.EXERCISING ? exercised(errand, way) : way;
    }

    /**
     * In an exercise the primary is well. What the standby would refuse is done there; whoever has written there reads there, because the
     * standby may not have it yet; and whoever's session it alone knows stays.
     */
    private Way exercised(Errand errand, Way way) {
        if (way == Way.FORBIDDEN) {
            if (wrote.size() < WRITERS_AT_MOST) {
                wrote.add(errand.session().slice());
            }
            return Way.PRIMARY;
        }
        boolean stays = errand.session().bound() && !errand.session().stays()
                || wrote.contains(errand.session().slice());
        return way == Way.STANDBY && stays ? Way.PRIMARY : way;
    }

    /** Users were moved: an exercise may have ended. */
    void moved() {
        if (cycle.users().state() != State.EXERCISING) {
            wrote.clear();
        }
    }

    /** The same; a write waits while users are being moved, at most the service's hold. */
    Way awaited(Errand errand) {
        var way = now(errand);
        long until = time.nanos() + cycle.service().returning().hold().toNanos();
        while (way == Way.HOLD && time.nanos() - until < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            way = now(errand);
        }
        return way;
    }

    boolean leaves(Errand errand, Side side) {
        return switch (now(errand)) {
            case PRIMARY -> side != Side.PRIMARY;
            case STANDBY -> side != Side.STANDBY;
            case FORBIDDEN, HOLD -> false;
        };
    }

    /** Users are moved from the primary with this request's class, if what is seen there lasts a moment longer. */
    boolean leavesPerhaps(Errand errand) {
        var pending = cycle.evidence().pendingClasses();
        return !pending.isEmpty()
                && automatic()
                && pending.contains(errand.operation().movesAs());
    }

    /**
     * The same, for one in three: the standby must answer those as well that wait already, and their number and all others at once
     * would be twice what it will have to do.
     */
    boolean asksBoth(Errand errand) {
        return errand.begin() % ONE_IN == 0 && leavesPerhaps(errand);
    }

    /** Nanoseconds until half of its budget is spent; below zero after that. */
    long untilSlow(Errand errand) {
        return errand.begin() + errand.operation().budget().toNanos() / 2 - time.nanos();
    }

    /** May the product act by itself? Then what one side does badly may be asked of the other. */
    boolean automatic() {
        return cycle.mode() == Mode.AUTOMATIC;
    }

    /**
     * A side has not answered. The judge needs a moment to see what we have just seen: the request waits for users to be moved,
     * at most its budget, because a late answer is better than none.
     */
    boolean leavesSoon(Errand errand, Side side) {
        long until = errand.begin() + Math.max(errand.operation().budget().toNanos(), AT_LEAST.toNanos());
        boolean left = leaves(errand, side);
        while (!left && automatic() && time.nanos() - until < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            left = leaves(errand, side);
        }
        return left;
    }
}
