package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.Time;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges a service's two sides by what users get there. An observation speaks against a side by how likely the other side
 * would have been better for the same operation at the same time, so what is equally bad on both sides (a shared cause, the
 * users' own errors) and what the gateway's own lag has added speak against none; failures that only users see and no health
 * check does (gray failures: Huang et al., Gray Failure, HotOS 2017) are what it is made for.
 *
 * <p>Beginning and ending a flight is for any thread and wait-free. Weighing is for the service's own thread.
 */
public final class Judge {

    /** Without a weighing for so long, further flights are not noted: the queue has a bound. */
    private static final long UNWEIGHED_AT_MOST_NANOS = 10_000_000_000L;

    /** A request under way for longer has said what it had to say. */
    private static final long FOLLOWED_AT_MOST_NANOS = 60_000_000_000L;

    private static final int FOLLOWED_AT_MOST = 200_000;
    private static final int KEPT_OF_A_CLASS = 128;
    private static final int KEPT_OF_ALL = 512;
    private static final int LAGGING_TICKS = 4;
    private static final long BATCH_NANOS = 5_000_000_000L;

    private final Time time;
    private final JudgeSettings settings;
    private final FlightQueue queue = new FlightQueue();
    private final LagLog lags = new LagLog();
    private final Recorder recorder;
    private final Map<String, SideBySide> classes = new LinkedHashMap<>();
    private final SideBySide all;
    private final Parts parts;
    private final Balance balance;
    private List<Flight> followed = new ArrayList<>();
    private List<Flight> kept = new ArrayList<>();
    private long batchEnds;
    private volatile long weighed;

    public Judge(Service service, Time time) {
        this.time = time;
        this.settings = service.judge();
        this.all = new SideBySide(settings, KEPT_OF_ALL);
        for (var operation : service.operations()) {
            classes.put(operation.name(), new SideBySide(settings, KEPT_OF_A_CLASS));
        }
        this.parts = new Parts(service, all, classes);
        this.balance = new Balance(service, all, classes, parts);
        this.weighed = time.nanos();
        this.recorder = new Recorder(weighed);
        this.batchEnds = weighed + BATCH_NANOS;
    }

    /** A request of that operation is being sent to that side at this moment. */
    public Flight begin(Operation operation, Side side, Source source, long nanos) {
        return noted(new Flight(operation, side, source, nanos, null));
    }

    /**
     * The same request is being asked of the other side as well, or mirrored to it: the two outcomes are a pair. What has failed there
     * too and is asked of the first side once more makes a pair with that: an answer tells that it was no error of its sender.
     */
    public Flight pair(Flight first, Source source, long nanos) {
        return noted(new Flight(first.operation, first.side.other(), source, nanos, first));
    }

    /** The gateway itself was not running well in this interval (a pause, a full queue): what waited in it says nothing. */
    public void lagged(long fromNanos, long untilNanos) {
        lags.note(fromNanos, untilNanos);
        recorder.lagged(fromNanos, untilNanos);
    }

    /** Where users are, and whether they cannot go to the standby, whatever is seen; once a pass, on the service's own thread. */
    public void stands(Side serving, boolean hindered) {
        recorder.stands(serving, hindered, time.nanos());
    }

    /** What requests got in the last hour. Any thread. */
    public Recording recording() {
        return recorder.recording(time.wall(), time.nanos());
    }

    /** Weighs all that was observed since the last time. Cheap, never blocks. */
    public Evidence weigh() {
        var now = time.nanos();
        if (now - weighed > LAGGING_TICKS * settings.tick().toNanos()) {
            lagged(weighed, now);
        }
        weighed = now;
        lags.voidSince().ifPresent(balance::voidSince);
        follow(now);
        balance.settle(now);
        if (now - batchEnds >= 0) {
            balance.closeBatch(now, now - batchEnds + BATCH_NANOS);
            batchEnds = now + BATCH_NANOS;
        }
        var evidence = balance.evidence(time.wall(), now);
        recorder.passed(evidence, now);
        return evidence;
    }

    /** What that side has given so far, as of the last weighing; the service's own thread. */
    public Served served(Side side) {
        return all.served(side);
    }

    private Flight noted(Flight flight) {
        if (flight.begin - weighed < UNWEIGHED_AT_MOST_NANOS) {
            queue.add(flight);
        }
        return flight;
    }

    private void follow(long now) {
        all.nextTick(now);
        classes.values().forEach(each -> each.nextTick(now));
        queue.drain(flight -> {
            if (followed.size() < FOLLOWED_AT_MOST && judged(flight.operation)) {
                followed.add(flight);
                all.traffic(flight.side).begun(flight.source);
            }
        });
        kept.clear();
        for (var flight : followed) {
            if (look(flight, now)) {
                kept.add(flight);
            }
        }
        var free = followed;
        followed = kept;
        kept = free;
    }

    /** Operations that the service does not name are told apart from when they are first asked for, up to a bound. */
    private boolean judged(Operation operation) {
        if (classes.containsKey(operation.name())) {
            return true;
        }
        if (classes.size() >= Service.OPERATIONS_AT_MOST) {
            return false;
        }
        classes.put(operation.name(), new SideBySide(settings, KEPT_OF_A_CLASS));
        parts.add(operation);
        return true;
    }

    /** Whether the flight is to be followed further. */
    private boolean look(Flight flight, long now) {
        var own = classes.get(flight.operation.name());
        if (own == null) {
            return false;
        }
        return switch (flight.progress()) {
            case WITHDRAWN -> {
                recorder.note(flight, false, now);
                yield false;
            }
            case ENDED -> {
                ended(flight, own, now);
                recorder.note(flight, true, flight.end());
                yield false;
            }
            case UNDER_WAY -> {
                underWay(flight, own, now);
                var followed = now - flight.begin < FOLLOWED_AT_MOST_NANOS;
                if (!followed) {
                    recorder.note(flight, false, now);
                }
                yield followed;
            }
        };
    }

    private void underWay(Flight flight, SideBySide own, long now) {
        all.traffic(flight.side).underWay(flight.begin);
        var waited = now - flight.begin - lags.overlap(flight.begin, now);
        var usual = own.watch(flight.side).usualWait(flight.operation.budget().toNanos());
        if (waited > usual) {
            own.watch(flight.side).stall.overdue(flight.begin, waited, usual);
            all.watch(flight.side).stall.overdue(flight.begin, waited, usual);
        }
        var grade = Grade.waiting(waited, flight.operation.budget().toNanos());
        if (grade == Grade.QUICK) {
            return;
        }
        own.overdue(flight.side, grade, flight.begin);
        all.overdue(flight.side, grade, flight.begin);
        share(flight, own, grade, now);
        slowness(flight, own, true, now);
        if (grade == Grade.LATE) {
            bad(flight, own, Suspicion.Kind.LATE, now);
        }
    }

    private void ended(Flight flight, SideBySide own, long now) {
        var lag = lags.overlap(flight.begin, flight.end());
        var budget = flight.operation.budget().toNanos();
        var waited = flight.end() - flight.begin - lag;
        var grade = lag > 0 && flight.outcome() == Outcome.LATE
                ? Grade.waiting(waited, budget)
                : Grade.of(flight.outcome(), waited, budget);
        var answered = grade != Grade.NONE;
        if (answered) {
            all.traffic(flight.side).answered(flight.source);
        }
        if (lag > 0 && grade.worseThan(Grade.LATE)) {
            return;
        }
        flight.counted.grade = grade;
        all.served(flight.side, flight.source, grade, partnerDidBetter(flight, grade));
        own.served(flight.side, flight.source, grade, partnerDidBetter(flight, grade));
        if (flight.otherwise()) {
            all.servedOtherwise(flight.side, flight.operation);
        }
        var beside = grade.beside(waited, budget);
        var perhapsTheirs = grade == Grade.FAILED && isRepeat(flight);
        own.watch(flight.side).samples.add(flight.begin, flight.end(), grade, beside, perhapsTheirs);
        all.watch(flight.side).samples.add(flight.begin, flight.end(), grade, beside, perhapsTheirs);
        notePair(flight, own);
        share(flight, own, grade, now);
        if (!grade.worseThan(Grade.LATE)) {
            slowness(flight, own, grade != Grade.QUICK, now);
        }
        if (!grade.worseThan(Grade.FAILED)) {
            own.watch(flight.side).took(waited);
        }
        if (grade == Grade.QUICK && waited <= own.watch(flight.side).usualWait(budget)) {
            own.watch(flight.side).stall.answered(flight.begin);
            all.watch(flight.side).stall.answered(flight.begin);
        }
        switch (grade) {
            case QUICK, SLOW -> good(flight, own);
            case LATE -> bad(flight, own, Suspicion.Kind.LATE, now);
            case FAILED -> failed(flight, own, now);
            case NONE -> bad(flight, own, waited > budget ? Suspicion.Kind.GIVEN_UP : Suspicion.Kind.NONE, now);
        }
    }

    private void share(Flight flight, SideBySide own, Grade grade, long now) {
        var ended = flight.counted.grade != null;
        if (ended && grade == Grade.FAILED && isRepeat(flight)) {
            takeBack(flight.partner, own);
            return;
        }
        if (ended && grade == Grade.FAILED && isAlone(flight)) {
            return;
        }
        if (ended ? grade.worseThan(Grade.SLOW) : grade.worseThan(flight.counted.shared)) {
            flight.counted.shared = grade;
            own.shared(flight.side, grade);
            all.shared(flight.side, grade);
            var others = suspectedElsewhere(own, flight.side.other());
            if (!others.isEmpty()) {
                var itsOwn = parts.failsOnItsOwn(own, flight.side, now);
                others.forEach(other -> other.sharedByAnother(flight.side, grade, flight.begin, itsOwn));
            }
        }
    }

    /** What failed of the same request before, and was counted as if only its side had been asked. */
    private void takeBack(@Nullable Flight before, SideBySide own) {
        for (var flight = before; flight != null; flight = flight.partner) {
            if (flight.counted.alone) {
                flight.counted.alone = false;
                own.watch(flight.side).outcome.takeBack();
                all.watch(flight.side).outcome.takeBack();
            }
        }
    }

    private static boolean partnerDidBetter(Flight flight, Grade grade) {
        var partner = flight.partner;
        return partner == null || partner.counted.grade == null || grade.worseThan(partner.counted.grade);
    }

    private List<SideBySide> suspectedElsewhere(SideBySide own, Side side) {
        var found = List.<SideBySide>of();
        for (var other : classes.values()) {
            if (other != own && other.watch(side).suspected()) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(other);
            }
        }
        return found;
    }

    /** Of what has failed at the other side: if it fails again, that is its sender's error, mostly, and says nothing of others. */
    private static boolean isRepeat(@Nullable Flight flight) {
        var first = flight == null ? null : flight.partner;
        return first != null && first.counted.grade == Grade.FAILED;
    }

    /** Of no probe, and the other side has not answered it: that it fails may be a user's own error, and says nothing of others. */
    private static boolean isAlone(Flight flight) {
        return flight.source != Source.PROBE && (flight.partner == null || flight.partner.counted.grade == null);
    }

    /** A user's request that failed may be the user's own error; a pair tells, and is noted for those that have none. */
    private void failed(Flight flight, SideBySide own, long now) {
        var partner = flight.partner;
        if (partner != null && partner.counted.grade == Grade.FAILED) {
            return;
        }
        flight.counted.alone = isAlone(flight);
        bad(flight, own, flight.counted.alone ? Suspicion.alone(flight.operation) : Suspicion.Kind.FAILED, now);
        if (flight.otherwise()) {
            own.watch(flight.side).outcome.otherwise();
            all.watch(flight.side).outcome.otherwise();
        }
    }

    private void notePair(Flight flight, SideBySide own) {
        var first = flight.partner;
        if (first != null && first.counted.grade == Grade.FAILED) {
            var grade = flight.counted.grade == null ? Grade.NONE : flight.counted.grade;
            own.watch(first.side).pairs.add(first.begin, flight.end(), grade, grade, false);
            all.watch(first.side).pairs.add(first.begin, flight.end(), grade, grade, false);
            if (isRepeat(first)) {
                var theirs = !Grade.FAILED.worseThan(grade);
                own.watch(first.side).samples.known(first.begin, first.end(), theirs);
                all.watch(first.side).samples.known(first.begin, first.end(), theirs);
            }
        }
    }

    private void slowness(Flight flight, SideBySide own, boolean slow, long now) {
        if (flight.counted.slowness) {
            return;
        }
        flight.counted.slowness = true;
        var base = own.watch(flight.side).slowRate();
        own.watch(flight.side).notedSlowness(slow, base, flight, now);
        if (balance.countsForAll(flight.operation) && balance.comparable(flight.operation, flight.side, now)) {
            all.watch(flight.side).notedSlowness(slow, base, flight, now);
        }
    }

    private void good(Flight flight, SideBySide own) {
        var base = own.watch(flight.side).badRate();
        own.watch(flight.side).notedGood(base, flight);
        if (flight.source == Source.USER) {
            own.watch(flight.side).notedServed();
        }
        all.watch(flight.side).notedGood(base, flight);
    }

    private void bad(Flight flight, SideBySide own, Suspicion.Kind kind, long now) {
        if (flight.counted.late) {
            own.watch(flight.side).outcome.worse(kind);
            all.watch(flight.side).outcome.worse(kind);
            return;
        }
        flight.counted.late = kind == Suspicion.Kind.LATE;
        var base = own.watch(flight.side).badRate();
        own.beginsToFail(flight.side, all);
        own.watch(flight.side).notedBad(kind, base, flight, now);
        if (balance.countsForAll(flight.operation)
                && (kind != Suspicion.Kind.LATE || balance.comparable(flight.operation, flight.side, now))) {
            all.watch(flight.side).notedBad(kind, base, flight, now);
        }
    }
}
