package de.doppelboden.cycle;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.failover.Proof;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells others what is decided, each thing once, and keeps the marks of the last day. Any thread. */
final class Marks {

    private static final Logger log = LoggerFactory.getLogger(Marks.class);
    private static final int MOST = 1_000;
    private static final int MOST_WAITING = 1_000;
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration VERDICT_REST = Duration.ofSeconds(5);

    private final String service;
    private final Events events;
    private final Stores stores;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<DayStore.Mark> marks = new ArrayDeque<>();
    private final ArrayDeque<DayStore.Mark> toStore = new ArrayDeque<>();
    private final Map<Side, Verdict> verdicts = new EnumMap<>(Side.class);
    private final Map<Side, Long> verdictAt = new EnumMap<>(Side.class);
    private volatile Decision last = new Decision(Decision.Action.STAY, "nothing was decided yet");
    private volatile @Nullable Decision lastNoted;
    private @Nullable Proof storedProof;
    private @Nullable Permit storedPermit;
    private boolean restored;

    Marks(String service, Events events, Stores stores, Time time) {
        this.service = service;
        this.events = events;
        this.stores = stores;
        this.time = time;
    }

    /** The decision of a pass; the same one again and again is told once. */
    void passed(Decision decision, State state) {
        if (!decision.noteworthy()) {
            last = decision;
            return;
        }
        last = decision;
        var before = lastNoted;
        if (before == null
                || before.action() != decision.action()
                || !before.reason().equals(decision.reason())) {
            lastNoted = decision;
            mark(decision, state, "");
        }
    }

    /** What the change gate decides; that it has nothing to do is not what a service last did. */
    void gated(Decision decision, State state) {
        if (decision.noteworthy()) {
            passed(decision, state);
        }
    }

    void reconciled(Decision decision, State state) {
        if (decision.noteworthy()) {
            mark(decision, state, "");
        }
    }

    /** The answer to a person's order is told each time. */
    void ordered(Decision decision, State state, String actor) {
        last = decision;
        mark(decision, state, actor);
    }

    Decision last() {
        return last;
    }

    private void mark(Decision decision, State state, String actor) {
        log.info("{} {}: {} - {}", service, state, decision.action(), decision.reason());
        events.decided(service, decision, state, actor);
        var mark = new DayStore.Mark(time.wall(), decision, state);
        lock.lock();
        try {
            add(marks, mark, MOST);
            add(toStore, mark, MOST_WAITING);
        } finally {
            lock.unlock();
        }
    }

    private static void add(ArrayDeque<DayStore.Mark> queue, DayStore.Mark mark, int most) {
        if (queue.size() == most) {
            queue.removeFirst();
        }
        queue.addLast(mark);
    }

    /** A verdict that has changed is on record, but not each flutter of it. */
    void verdicts(Evidence evidence) {
        for (var side : Side.values()) {
            var now = evidence.verdict(side);
            var before = verdicts.get(side);
            long since = time.nanos() - verdictAt.getOrDefault(side, Long.MIN_VALUE / 2);
            if (before != now && (before == null || since > VERDICT_REST.toNanos())) {
                verdicts.put(side, now);
                verdictAt.put(side, time.nanos());
                if (before != null) {
                    events.noted(service, "verdict", "%s is %s: %s".formatted(side, now, evidence.sentence()));
                }
            }
        }
    }

    void proof(Proof proof) {
        if (!proof.equals(storedProof)) {
            try {
                stores.proofs().add(proof);
                storedProof = proof;
            } catch (StoreUnavailable away) {
                log.debug("the proof is stored when the database is back");
            }
        }
    }

    void permit(Permit permit) {
        if (!Objects.equals(permit, storedPermit)) {
            try {
                stores.proofs().put(permit);
                storedPermit = permit;
            } catch (StoreUnavailable away) {
                log.debug("the permit is stored when the database is back");
            }
        }
    }

    List<DayStore.Mark> since(Instant from) {
        lock.lock();
        try {
            var latest = new ArrayList<DayStore.Mark>();
            marks.descendingIterator().forEachRemaining(mark -> {
                if (!mark.at().isBefore(from)) {
                    latest.add(mark);
                }
            });
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** Brings the picture of the day and the database together. */
    void keepDay(Traffic traffic) {
        try {
            var now = time.wall();
            if (!restored) {
                traffic.restore(stores.day().bins(now.minus(DAY)));
                restore(stores.day().marks(now.minus(DAY)));
                restored = true;
            }
            stores.day().put(traffic.since(now.minus(Duration.ofMinutes(2))), now);
            for (var mark = waiting(); mark != null; mark = waiting()) {
                stores.day().mark(mark);
                stored(mark);
            }
        } catch (StoreUnavailable away) {
            log.debug("the picture of the day is stored when the database is back");
        }
    }

    private void restore(List<DayStore.Mark> stored) {
        lock.lock();
        try {
            for (var mark : stored) {
                if (marks.size() < MOST) {
                    marks.addFirst(mark);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private DayStore.@Nullable Mark waiting() {
        lock.lock();
        try {
            return toStore.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private void stored(DayStore.Mark mark) {
        lock.lock();
        try {
            toStore.removeFirstOccurrence(mark);
        } finally {
            lock.unlock();
        }
    }
}
