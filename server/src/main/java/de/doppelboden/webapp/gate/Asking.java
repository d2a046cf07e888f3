package de.doppelboden.webapp.gate;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.judge.HedgeBudget;
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
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has requests answered by the side that serves; a read that is late or fails there by the other, where both answer alike. */
final class Asking {

    private static final Logger log = LoggerFactory.getLogger(Asking.class);
    private static final int MOVES = 4;

    /** A read that failed at once is asked again of the same side, but not so often that it would make a load of its own. */
    private static final int REPEATED_PERMILLE = 250;

    private static final int REPEATED_BURST = 20;

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
    private final HedgeBudget repeats = new HedgeBudget(REPEATED_PERMILLE, REPEATED_BURST);

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
    }

    /** How the asking of one side ended. */
    private enum End {
        /** The user has an answer. */
        ANSWERED,
        /** Users were moved, and nothing forbids to ask the other side: which way it goes is to be asked anew. */
        MOVED
    }

    void serve(Errand errand) throws IOException {
        repeats.earn();
        for (int moves = 0; moves < MOVES; moves++) {
            var end = switch (ways.awaited(errand)) {
                case PRIMARY -> ask(errand, Side.PRIMARY);
                case STANDBY -> ask(errand, Side.STANDBY);
                case FORBIDDEN -> {
                    errand.exchange().reply(Gone.readOnly(errand.request()));
                    yield End.ANSWERED;
                }
                case HOLD -> {
                    errand.exchange().reply(Gone.held(errand.request()));
                    yield End.ANSWERED;
                }
            };
            if (end == End.ANSWERED || errand.exchange().gone()) {
                return;
            }
        }
        errand.exchange().reply(fallback.of(errand.request()));
    }

    private End ask(Errand errand, Side side) throws IOException {
        if (side == Side.PRIMARY && errand.hedgeable() && ways.asksBoth(errand) && askedOfBoth(errand)) {
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

    /**
     * Users are about to be moved, if it goes on like this: the standby answers, and the primary is asked as well, so that it is seen
     * whether it goes on. False: the standby had no good answer.
     */
    private boolean askedOfBoth(Errand errand) throws IOException {
        var atPrimary = cycle.observe(errand.operation(), Side.PRIMARY, Source.USER);
        var seen = cycle.pair(atPrimary, errand.operation(), Side.STANDBY, Source.HEDGE);
        mirrors.send(sides.primary(), errand.forSide(), atPrimary, errand.kind().success()::of);
        try (var call = new Call(sides.standby())) {
            if (call.send(errand.forSide(), errand.exchange()) instanceof Call.Responded answer) {
                if (errand.kind().success().of(answer)) {
                    atPrimary.answeredElsewhere();
                    relay(errand, Side.STANDBY, answer, seen);
                    return true;
                }
                seen.failed();
                return false;
            }
        } catch (IOException broken) {
            log.debug("the standby's answer broke: {}", broken.getMessage());
        }
        seen.unanswered();
        return false;
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
        return errand.kind().read() && better(errand, side, hedge) ? End.ANSWERED : asItIs(errand, side, answer);
    }

    private void relay(Errand errand, Side side, Call.Responded answer, Observation seen) throws IOException {
        try (var stream = follows(errand, side, answer)) {
            Told.relay(
                    errand.exchange(),
                    answer,
                    sessions.begun(errand.exchange(), side, answer),
                    seen,
                    () -> cycle.observe(errand.operation(), side, Source.USER));
        }
    }

    /** Of what nobody is told: it was counted before. */
    private void relay(Errand errand, Side side, Call.Responded answer) throws IOException {
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

    /**
     * A read has failed at one side: true if the user has a better answer now, by the other side or by the same one again, whichever is
     * likelier to have it first.
     */
    private boolean better(Errand errand, Side side, Hedge hedge) throws IOException {
        if (!ways.automatic()) {
            return false;
        }
        return switch (cycle.evidence().verdict(side.other())) {
            case FAILED -> again(errand, side, 2);
            case DEGRADED -> again(errand, side, 1) || other(errand, side, hedge);
            case HEALTHY, UNKNOWN -> {
                if (other(errand, side, hedge)) {
                    yield true;
                }
                var failed = hedge.failed();
                yield failed.isPresent() && again(errand, side, failed);
            }
        };
    }

    private boolean other(Errand errand, Side side, Hedge hedge) throws IOException {
        hedge.begin();
        var answer = hedge.answer(errand.late());
        if (answer.isPresent()) {
            relay(errand, side.other(), answer.get());
        }
        return answer.isPresent();
    }

    private boolean again(Errand errand, Side side, int times) throws IOException {
        boolean good = false;
        for (int time = 0; time < times && !good; time++) {
            good = again(errand, side, Optional.empty());
        }
        return good;
    }

    /**
     * Once more at the same side, if it has failed at once. The judge is told only what comes after the other side has failed: without
     * that, what fails twice may be the user's own error.
     */
    private boolean again(Errand errand, Side side, Optional<Observation> failedThere) throws IOException {
        if (!errand.whole() || !ways.inTime(errand) || !repeats.spend()) {
            return false;
        }
        var seen = failedThere.map(first -> cycle.pair(first, errand.operation(), side, Source.HEDGE));
        try (var call = new Call(sides.of(side))) {
            if (call.send(errand.forSide(), errand.exchange()) instanceof Call.Responded answer) {
                if (errand.kind().success().of(answer)) {
                    seen.ifPresent(Observation::answered);
                    relay(errand, side, answer);
                    return true;
                }
                seen.ifPresent(Observation::failed);
            }
            return false;
        } finally {
            seen.ifPresent(Observation::unanswered); // unless something was said of its end
        }
    }

    private End withdrawn(Errand errand, Side side, Call call, Observation seen, Hedge hedge) throws IOException {
        seen.withdrawn();
        var other = hedge.answer();
        if (other.isPresent()) {
            relay(errand, side.other(), other.get());
            return End.ANSWERED;
        }
        if (errand.repeatable() || !call.sent()) {
            return End.MOVED;
        }
        errand.exchange().reply(Gone.outcomeUnknown(errand.request()));
        return End.ANSWERED;
    }

    private End unanswered(Errand errand, Side side, boolean mayHaveArrived, Observation seen, Hedge hedge)
            throws IOException {
        seen.unanswered();
        if (mayHaveArrived && !errand.repeatable()) {
            errand.exchange().reply(Gone.outcomeUnknown(errand.request()));
            return End.ANSWERED;
        }
        if (errand.kind().read() && better(errand, side, hedge)) {
            return End.ANSWERED;
        }
        if (ways.leavesSoon(errand, side)) {
            return End.MOVED;
        }
        errand.exchange().reply(fallback.of(errand.request()));
        return End.ANSWERED;
    }
}
