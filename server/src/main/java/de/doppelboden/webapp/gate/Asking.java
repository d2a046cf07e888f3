package de.doppelboden.webapp.gate;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.failover.Way;
import de.doppelboden.cycle.Observation;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.http.Tunnel;
import de.doppelboden.gateway.relay.Hedges;
import de.doppelboden.gateway.relay.Hedges.Hedge;
import de.doppelboden.gateway.relay.Mirrors;
import de.doppelboden.gateway.relay.Original;
import de.doppelboden.gateway.relay.Told;
import de.doppelboden.gateway.relay.Waiting;
import de.doppelboden.gateway.wire.Deadlines;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has requests answered by the side that serves; a read that is late or fails there by the other, where both answer alike. */
final class Asking implements SecondAnswers.Relay {

    private static final Logger log = LoggerFactory.getLogger(Asking.class);
    private static final int MOVES = 4;

    private final ServiceCycle cycle;
    private final Sides sides;
    private final Kinds kinds;
    private final Sessions sessions;
    private final Ways ways;
    private final Waiting waiting;
    private final Waiting streams;
    private final Hedges hedges;
    private final Copies copies;
    private final Fallback fallback;
    private final Mirrors mirrors = new Mirrors();
    private final SecondAnswers second;
    private final AtomicLongArray refused = new AtomicLongArray(Gone.values().length);

    /** Connections to both sides. */
    record Sides(SidePool primary, SidePool standby) {

        SidePool of(Side side) {
            return switch (side) {
                case PRIMARY -> primary;
                case STANDBY -> standby;
            };
        }
    }

    Asking(
            Ways ways,
            ServiceCycle cycle,
            Sides sides,
            Kinds kinds,
            Sessions sessions,
            Waiting waiting,
            Waiting streams,
            Hedges hedges,
            Deadlines deadlines,
            Copies copies,
            Fallback fallback) {
        this.ways = ways;
        this.cycle = cycle;
        this.sides = sides;
        this.kinds = kinds;
        this.sessions = sessions;
        this.waiting = waiting;
        this.streams = streams;
        this.hedges = hedges;
        this.copies = copies;
        this.fallback = fallback;
        this.second = new SecondAnswers(cycle, sides, ways, waiting, mirrors, deadlines, this);
    }

    /** How the asking of one side ended. */
    private enum End {
        /** The user has an answer. */
        ANSWERED,
        /** Users were moved, and nothing forbids to ask the other side: which way it goes is to be asked anew. */
        MOVED,
        /** The same, but the side may have carried it out. */
        MOVED_WHEN_SENT,
        /** No side answers. */
        NOTHING,
        /** The same, but one may have carried it out. */
        NOTHING_WHEN_SENT;

        private static End moved(boolean sent) {
            return sent ? MOVED_WHEN_SENT : MOVED;
        }

        private boolean sent() {
            return this == MOVED_WHEN_SENT || this == NOTHING_WHEN_SENT;
        }

        private boolean goesOn() {
            return this == MOVED || this == MOVED_WHEN_SENT;
        }
    }

    void serve(Errand errand) throws IOException {
        second.earn();
        boolean unknown = false;
        boolean goesOn = true;
        for (int moves = 0; goesOn && moves < MOVES; moves++) {
            var way = ways.awaited(errand);
            if (way == Way.FORBIDDEN || way == Way.HOLD) {
                refuse(errand, unknown ? Gone.OUTCOME_UNKNOWN : way == Way.HOLD ? Gone.HELD : Gone.READ_ONLY);
                return;
            }
            var end = ask(errand, way == Way.PRIMARY ? Side.PRIMARY : Side.STANDBY);
            if (end == End.ANSWERED || errand.exchange().gone()) {
                return;
            }
            unknown |= end.sent() && !errand.kind().read();
            goesOn = end.goesOn();
        }
        refuse(errand, unknown ? Gone.OUTCOME_UNKNOWN : Gone.NEITHER_SIDE);
    }

    private void refuse(Errand errand, Gone why) throws IOException {
        refused.incrementAndGet(why.ordinal());
        var request = errand.request();
        errand.exchange().reply(why == Gone.NEITHER_SIDE ? fallback.of(request) : why.reply(request));
    }

    /** How many requests no side has answered, by the reason. */
    Map<Gone, Long> refused() {
        var sums = new EnumMap<Gone, Long>(Gone.class);
        for (var why : Gone.values()) {
            sums.put(why, refused.get(why.ordinal()));
        }
        return sums;
    }

    private End ask(Errand errand, Side side) throws IOException {
        if (side == Side.PRIMARY && errand.hedgeable() && ways.asksBoth(errand) && second.ofBoth(errand)) {
            return End.ANSWERED;
        }
        var seen = observe(errand, side);
        try (var original = mirror(errand, side, seen);
                var call = new Call(sides.of(side));
                var wait = waiting.add(() -> isToLeave(errand, side, call), call::withdraw);
                var hedge = hedge(errand, side, call, seen)) {
            errand.exchange().whenGone(call::withdraw);
            var answer = call.send(errand.forSide(original.comparesContent()), errand.exchange());
            wait.close();
            return switch (answer) {
                case Call.Responded responded -> responded(errand, side, responded, seen, hedge, original);
                case Call.Upgraded upgraded -> {
                    seen.answered();
                    try (var stream = streams.add(() -> ways.leaves(errand, side), call::end)) {
                        Tunnel.run(errand.exchange(), call, upgraded);
                    }
                    yield End.ANSWERED;
                }
                case Call.Withdrawn withdrawn -> withdrawn(errand, side, call, seen, hedge);
                case Call.Unreachable unreachable -> unanswered(errand, side, false, seen, hedge);
                case Call.Broken broken -> unanswered(errand, side, true, seen, hedge);
                case Call.Overdue overdue -> unanswered(errand, side, true, seen, hedge);
            };
        }
    }

    /** What is streamed comes as slowly as its user sends it: the side is judged from when it has all of it. */
    private Observation observe(Errand errand, Side side) {
        if (errand.whole()) {
            return cycle.observe(errand.operation(), side, Source.USER);
        }
        var seen = cycle.observeLater(errand.operation(), side, Source.USER);
        errand.exchange().whenUploaded(seen::begin);
        return seen;
    }

    /** Users were moved while it waits: reads follow at once; a write only if the side cannot have seen it. */
    private boolean isToLeave(Errand errand, Side side, Call call) {
        return (errand.repeatable() || !call.sent()) && ways.leaves(errand, side);
    }

    private Hedge hedge(Errand errand, Side side, Call call, Observation seen) {
        if (!errand.hedgeable() || !ways.automatic()) {
            return hedges.none(call);
        }
        var other = side.other();
        return hedges.watch(
                call,
                errand.operation().budget(),
                new Hedges.Second(
                        sides.of(other),
                        errand::forSide,
                        () -> cycle.pair(seen, errand.operation(), other, Source.HEDGE),
                        errand.kind().success()::of,
                        () -> ways.leavesPerhaps(errand)));
    }

    /**
     * The standby serves, and the primary must prove itself: it gets the same read, and its answer is compared with the user's and
     * thrown away. What the user got is waited for until the primary would be slow.
     */
    private Original mirror(Errand errand, Side side, Observation seen) {
        if (side != Side.STANDBY || !errand.hedgeable() || !cycle.mirrors(errand.operation(), one(errand))) {
            return Original.NONE;
        }
        var original = Original.of(errand.kind().sameContent(), () -> ways.untilSlow(errand));
        mirrors.send(
                sides.primary(),
                errand.forSide(original.comparesContent()),
                cycle.pair(seen, errand.operation(), Side.PRIMARY, Source.MIRROR),
                errand.kind().success()::of,
                original);
        return original;
    }

    /** The answer is thrown away: any request will do, whosever it is. */
    private static String one(Errand errand) {
        return Long.toString(errand.begin());
    }

    private End responded(
            Errand errand, Side side, Call.Responded answer, Observation seen, Hedge hedge, Original original)
            throws IOException {
        boolean good;
        try {
            original.begins(answer);
            good = errand.kind().success().of(answer);
            if (good) {
                copies.take(errand.request(), answer);
            }
        } catch (IOException broken) {
            return unanswered(errand, side, true, seen, hedge);
        }
        if (good) {
            hedge.close(); // its answer would be late, however long this one lasts
            if (!errand.kind().found() && answer.head().status() < 400) {
                kinds.answered(errand.request().method(), errand.request().path());
            }
            original.good(answer);
            relay(errand, side, answer, seen);
            return End.ANSWERED;
        }
        seen.failed();
        return errand.kind().read() && second.better(errand, side, hedge) ? End.ANSWERED : asItIs(errand, side, answer);
    }

    @Override
    public void relay(Errand errand, Side side, Call.Responded answer, Observation seen) throws IOException {
        try (var stream = follows(errand, side, answer)) {
            Told.relay(
                    errand.exchange(),
                    answer,
                    sessions.begun(errand.exchange(), side, answer),
                    seen,
                    () -> cycle.observe(errand.operation(), side, Source.USER));
        }
    }

    @Override
    public void relay(Errand errand, Side side, Call.Responded answer) throws IOException {
        try (var stream = follows(errand, side, answer)) {
            errand.exchange().relay(answer, sessions.begun(errand.exchange(), side, answer));
        }
    }

    /** A stream of events is broken off when its user is moved: her browser asks for it anew, of the other side. */
    private Waiting.@Nullable One follows(Errand errand, Side side, Call.Responded answer) {
        return answer.endless() ? streams.add(() -> ways.leaves(errand, side), answer::abandon) : null;
    }

    /** The answer is a failure, and nobody has a better one: unless users are being moved, it is the answer. */
    private End asItIs(Errand errand, Side side, Call.Responded answer) throws IOException {
        if (errand.kind().read() && errand.repeatable() && ways.leaves(errand, side)) {
            return End.MOVED;
        }
        relay(errand, side, answer);
        return End.ANSWERED;
    }

    private End withdrawn(Errand errand, Side side, Call call, Observation seen, Hedge hedge) throws IOException {
        seen.withdrawn();
        var other = hedge.answer();
        if (other.isPresent()) {
            relay(errand, side.other(), other.get());
            return End.ANSWERED;
        }
        if (errand.repeatable() || !call.sent()) {
            return End.moved(call.sent());
        }
        refuse(errand, Gone.OUTCOME_UNKNOWN);
        return End.ANSWERED;
    }

    private End unanswered(Errand errand, Side side, boolean mayHaveArrived, Observation seen, Hedge hedge)
            throws IOException {
        seen.unanswered();
        if (mayHaveArrived && !errand.repeatable()) {
            refuse(errand, Gone.OUTCOME_UNKNOWN);
            return End.ANSWERED;
        }
        if (errand.kind().read() && second.better(errand, side, hedge)) {
            return End.ANSWERED;
        }
        if (ways.leavesSoon(errand, side)) {
            return End.moved(mayHaveArrived);
        }
        return mayHaveArrived ? End.NOTHING_WHEN_SENT : End.NOTHING;
    }
}
