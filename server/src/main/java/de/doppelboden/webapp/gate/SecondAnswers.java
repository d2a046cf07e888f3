package de.doppelboden.webapp.gate;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.judge.HedgeBudget;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.cycle.Observation;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.relay.Hedges.Hedge;
import de.doppelboden.gateway.relay.Mirrors;
import de.doppelboden.gateway.relay.Waiting;
import de.doppelboden.gateway.wire.Deadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a user the answer to a read where the side that serves has none that is good: by the other side, or by the same one again. Any
 * thread.
 */
final class SecondAnswers {

    private static final Logger log = LoggerFactory.getLogger(SecondAnswers.class);

    /** A read that failed at once is asked again of the same side, but not so often that it would make a load of its own. */
    private static final int REPEATED_PERMILLE = 250;

    private static final int REPEATED_BURST = 20;
    private static final long PAUSE_NANOS = 50_000_000;

    /** Passes an answer of a side on to the user. */
    interface Relay {

        /** An answer of which the judge was told before. */
        void relay(Errand errand, Side side, Call.Responded answer) throws IOException;

        /** The judge is told of it when it has been passed on. */
        void relay(Errand errand, Side side, Call.Responded answer, Observation seen) throws IOException;
    }

    private final ServiceCycle cycle;
    private final Asking.Sides sides;
    private final Ways ways;
    private final Waiting waiting;
    private final Mirrors mirrors;
    private final Deadlines deadlines;
    private final Relay relay;
    private final HedgeBudget repeats = new HedgeBudget(REPEATED_PERMILLE, REPEATED_BURST);

    SecondAnswers(
            ServiceCycle cycle,
            Asking.Sides sides,
            Ways ways,
            Waiting waiting,
            Mirrors mirrors,
            Deadlines deadlines,
            Relay relay) {
        this.cycle = cycle;
        this.sides = sides;
        this.ways = ways;
        this.waiting = waiting;
        this.mirrors = mirrors;
        this.deadlines = deadlines;
        this.relay = relay;
    }

    /** One request was made: earns its share of a repeat. */
    void earn() {
        repeats.earn();
    }

    /**
     * Users are about to be moved, if it goes on like this: the standby answers, and the primary is asked as well, so that it is seen
     * whether it goes on. False: the standby had no good answer in time.
     */
    boolean ofBoth(Errand errand) throws IOException {
        var atPrimary = cycle.observe(errand.operation(), Side.PRIMARY, Source.USER);
        var seen = cycle.pair(atPrimary, errand.operation(), Side.STANDBY, Source.HEDGE);
        mirrors.send(sides.primary(), errand.forSide(), atPrimary, errand.kind().success()::of);
        try (var call = new Call(sides.standby());
                var late = deadlines.alarm(inTime(errand), call::withdraw)) {
            errand.exchange().whenGone(call::withdraw);
            var good = good(errand, call, Optional.of(seen));
            late.close();
            if (good.isPresent()) {
                atPrimary.answeredElsewhere();
                relay.relay(errand, Side.STANDBY, good.get(), seen);
            }
            return good.isPresent();
        }
    }

    /**
     * A read has failed at one side: true if the user has a better answer now, by the other side or by the same one again, whichever is
     * likelier to have it first.
     */
    boolean better(Errand errand, Side side, Hedge hedge) throws IOException {
        if (!ways.automatic()) {
            return false;
        }
        return came(errand, side, hedge)
                || switch (cycle.evidence().verdict(side.other())) {
                    case FAILED -> again(errand, side, hedge, 2);
                    case DEGRADED -> again(errand, side, hedge, 1) || other(errand, side, hedge);
                    case HEALTHY, UNKNOWN ->
                        other(errand, side, hedge)
                                || hedge.failed().isPresent() && again(errand, side, hedge, hedge.failed());
                };
    }

    private boolean came(Errand errand, Side side, Hedge hedge) throws IOException {
        return relayed(errand, side.other(), hedge.answer());
    }

    private boolean relayed(Errand errand, Side by, Optional<Call.Responded> answer) throws IOException {
        if (answer.isPresent()) {
            relay.relay(errand, by, answer.get());
        }
        return answer.isPresent();
    }

    /** By the other side. A late answer is better than none, but nobody waits for a side that answers nobody. */
    private boolean other(Errand errand, Side side, Hedge hedge) throws IOException {
        hedge.begin();
        var answer = hedge.answer(errand.late());
        while (answer.isEmpty()
                && hedge.asking()
                && !errand.exchange().gone()
                && cycle.evidence().verdict(side.other()) != Verdict.FAILED) {
            answer = hedge.answer(deadlines.now() + PAUSE_NANOS);
        }
        return relayed(errand, side.other(), answer);
    }

    /** The judge is not told: what fails again may be the user's own error. */
    private boolean again(Errand errand, Side side, Hedge hedge, int times) throws IOException {
        boolean good = false;
        for (int time = 0; time < times && !good; time++) {
            good = again(errand, side, hedge, Optional.empty());
        }
        return good;
    }

    /**
     * Once more by the same side, while there is time for it.
     *
     * @param failedThere the other side's failure with the same request: the judge learns whose error it was
     */
    private boolean again(Errand errand, Side side, Hedge hedge, Optional<Observation> failedThere) throws IOException {
        if (!errand.whole() || inTime(errand).isNegative() || !repeats.spend()) {
            return false;
        }
        var seen = failedThere.map(first -> cycle.pair(first, errand.operation(), side, Source.HEDGE));
        try (var call = new Call(sides.of(side));
                var late = deadlines.alarm(inTime(errand), call::withdraw);
                var wait = waiting.add(() -> ways.leaves(errand, side), call::withdraw)) {
            errand.exchange().whenGone(call::withdraw);
            hedge.insteadOf(call);
            var good = good(errand, call, seen);
            wait.close();
            late.close();
            if (good.isPresent()) {
                hedge.close();
                seen.ifPresent(Observation::answered);
                relay.relay(errand, side, good.get());
                return true;
            }
        }
        return came(errand, side, hedge);
    }

    private Duration inTime(Errand errand) {
        return Duration.ofNanos(errand.late() - deadlines.now());
    }

    /** The answer, if it comes and is good; of any other the judge is told. */
    private static Optional<Call.Responded> good(Errand errand, Call call, Optional<Observation> seen) {
        try {
            switch (call.send(errand.forSide(), errand.exchange())) {
                case Call.Responded answer -> {
                    if (errand.kind().success().of(answer)) {
                        return Optional.of(answer);
                    }
                    seen.ifPresent(Observation::failed);
                }
                case Call.Withdrawn withdrawn -> seen.ifPresent(Observation::withdrawn);
                default -> seen.ifPresent(Observation::unanswered);
            }
        } catch (IOException broken) {
            seen.ifPresent(Observation::unanswered);
            log.debug("an answer broke: {}", broken.getMessage());
        }
        return Optional.empty();
    }
}
