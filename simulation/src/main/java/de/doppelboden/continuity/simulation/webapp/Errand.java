package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.judge.Flight;
import de.doppelboden.continuity.judge.Verdict;
import java.util.Optional;
import java.util.function.Consumer;

/** One request on its way to a side, and what the gateway may still do for it there: hedge, follow, ask once more, refuse. */
final class Errand {

    /** What the visitor is told. */
    enum Answer {
        GOOD,
        /** The application's own error page. */
        ERROR,
        /** Not done, and never sent: it may be tried again. */
        NOT_DONE,
        /** Nobody knows what became of it. */
        UNKNOWN
    }

    private static final int MOVES = 4;
    private static final long HOPES_NANOS = 800_000_000L;
    private static final double HOLD_PAUSE = 0.02;
    private static final double HEDGE_PAUSE = 0.05;
    private static final int ASKED_OF_BOTH_ONE_IN = 3;

    private final Relay relay;
    private final int page;
    private final Operation operation;
    private final boolean usersError;
    private final Optional<Write> write;
    private final String slice;
    private final Consumer<Answer> visitor;
    private final long begun;
    private int moves;
    private boolean answered;
    private Optional<Attempt> first = Optional.empty();
    private Optional<Attempt> hedge = Optional.empty();
    private boolean hedged;

    /** The first has failed; what is shown if the hedge is no better. */
    private boolean firstFailed;

    private boolean hopes;

    Errand(Relay relay, int page, boolean usersError, Optional<Write> write, String slice, Consumer<Answer> visitor) {
        this.relay = relay;
        this.page = page;
        this.operation = relay.operation(page);
        this.usersError = usersError;
        this.write = write;
        this.slice = slice;
        this.visitor = visitor;
        this.begun = relay.nanos();
    }

    void serve() {
        if (++moves > MOVES) {
            tell(first.isPresent() ? Answer.UNKNOWN : Answer.NOT_DONE);
            return;
        }
        switch (relay.way(page, slice, begun)) {
            case PRIMARY -> ask(Side.PRIMARY);
            case STANDBY -> ask(Side.STANDBY);
            case FORBIDDEN -> forbidden();
            case HOLD -> held(relay.nanos());
        }
    }

    private void forbidden() {
        if (relay.world.has(WebAppBug.FORBIDDEN_IS_SENT)) {
            ask(Side.STANDBY);
        } else {
            tell(Answer.NOT_DONE);
        }
    }

    private void held(long since) {
        if (relay.nanos() - since > relay.holdNanos()) {
            tell(Answer.NOT_DONE);
            return;
        }
        relay.later(HOLD_PAUSE, () -> {
            switch (relay.way(page, slice, begun)) {
                case PRIMARY -> ask(Side.PRIMARY);
                case STANDBY -> ask(Side.STANDBY);
                case FORBIDDEN -> forbidden();
                case HOLD -> held(since);
            }
        });
    }

    private boolean repeatable() {
        return operation.read()
                || write.map(what -> what.keyed).orElse(false)
                || relay.world.has(WebAppBug.SENDS_UNANSWERED_WRITES_AGAIN);
    }

    private boolean hedgeable() {
        return operation.hedgeable()
                || operation.read() && relay.world.has(WebAppBug.HEDGES_WHAT_IS_NOT_EQUIVALENT)
                || relay.world.has(WebAppBug.HEDGES_WRITES);
    }

    private boolean mayHedge() {
        return hedgeable() && (relay.automatic() || relay.world.has(WebAppBug.HEDGES_WHEN_IT_MAY_NOT_ACT));
    }

    private void ask(Side side) {
        hedged = false;
        firstFailed = false;
        if (side == Side.PRIMARY
                && operation.hedgeable()
                && relay.nanos() % ASKED_OF_BOTH_ONE_IN == 0
                && relay.leavesPerhaps(operation)) {
            askBoth();
            return;
        }
        askOne(side);
    }

    /** Users are about to be moved: the standby answers, and the primary is asked so that it is seen whether it goes on. */
    private void askBoth() {
        relay.watcher().asksBoth(operation);
        var atPrimary = relay.begins(operation, Side.PRIMARY, Source.USER);
        send(Side.PRIMARY, atPrimary, outcome -> {});
        var seen = relay.pairs(atPrimary, Side.STANDBY, Source.HEDGE);
        send(Side.STANDBY, seen, outcome -> {
            if (good(outcome)) {
                tell(Answer.GOOD);
            } else {
                askOne(Side.PRIMARY);
            }
        });
    }

    private void askOne(Side side) {
        var flight = relay.begins(operation, side, Source.USER);
        if (side == Side.STANDBY && operation.hedgeable() && relay.mirrors(operation, slice)) {
            send(Side.PRIMARY, relay.pairs(flight, Side.PRIMARY, Source.MIRROR), outcome -> {});
        }
        var attempt = send(side, flight, this::heard);
        first = Optional.of(attempt);
        relay.waits(this);
        if (mayHedge()) {
            relay.afterHalfTheBudget(() -> {
                if (!attempt.over()) {
                    beginHedge();
                }
            });
        }
    }

    private Attempt send(Side side, Optional<Flight> flight, Consumer<Outcome> heard) {
        write.ifPresent(what -> what.attempts++);
        var request = new Attempt.Request(page, operation, usersError, write, relay.key(write));
        var attempt = new Attempt(relay, request, side, flight, heard);
        relay.send(attempt);
        return attempt;
    }

    private static boolean good(Outcome outcome) {
        return !outcome.worseThan(Outcome.LATE);
    }

    private void heard(Outcome outcome) {
        if (good(outcome)) {
            hedge.ifPresent(Attempt::withdraw);
            tell(Answer.GOOD);
        } else if (outcome == Outcome.FAILED) {
            failed();
        } else {
            unanswered();
        }
    }

    private void failed() {
        if (!operation.read() || !better()) {
            asItIs();
        }
    }

    /** The other side may have a better answer, or the same one when it is asked again: whichever is likelier is asked first. */
    private boolean better() {
        if (!relay.automatic()) {
            return false;
        }
        firstFailed = true;
        if (awaitsHedge()) {
            return true;
        }
        return switch (relay.verdict(first.orElseThrow().side.other())) {
            case FAILED ->
                again(Optional.empty(), () -> {
                    if (!again(Optional.empty(), this::noBetter)) {
                        noBetter();
                    }
                });
            case DEGRADED -> again(Optional.empty(), this::other) || hedges();
            case HEALTHY, UNKNOWN -> hedges();
        };
    }

    private void other() {
        if (!hedges()) {
            noBetter();
        }
    }

    private boolean hedges() {
        beginHedge();
        return awaitsHedge();
    }

    /** A late answer is better than none, but nobody waits for a side that answers nobody. */
    private boolean awaitsHedge() {
        if (hedge.filter(asked -> !asked.over()).isEmpty()) {
            return false;
        }
        relay.later(Math.max(rest(operation.budget().toNanos()), HEDGE_PAUSE), () -> {
            if (relay.verdict(first.orElseThrow().side.other()) == Verdict.FAILED || !awaitsHedge()) {
                noBetter();
            }
        });
        return true;
    }

    /** Once more at the same side, while there is time for it; as the pair of what has failed at the other, if that is known. */
    private boolean again(Optional<Attempt> failedThere, Runnable otherwise) {
        if (answered || rest(operation.budget().toNanos()) == 0 || !relay.spendsRepeat()) {
            return false;
        }
        var side = first.orElseThrow().side;
        var flight = failedThere.flatMap(there -> relay.pairs(there.flight, side, Source.HEDGE));
        var attempt = send(side, flight, outcome -> {
            if (good(outcome)) {
                tell(Answer.GOOD);
            } else {
                otherwise.run();
            }
        });
        relay.later(rest(operation.budget().toNanos()), () -> {
            if (!attempt.over()) {
                attempt.withdraw();
                otherwise.run();
            }
        });
        return true;
    }

    private double rest(long ofNanos) {
        return Math.max(0, (begun + ofNanos - relay.nanos()) / 1e9);
    }

    private void noBetter() {
        if (!answered && firstFailed) {
            firstFailed = false;
            hedge.ifPresent(Attempt::withdraw);
            asItIs();
        }
    }

    private void asItIs() {
        if (operation.read() && relay.leaves(page, slice, begun, first.orElseThrow().side)) {
            serve();
        } else {
            tell(Answer.ERROR);
        }
    }

    private void unanswered() {
        if (!repeatable()) {
            tell(relay.world.has(WebAppBug.CALLS_UNKNOWN_NOT_DONE) ? Answer.NOT_DONE : Answer.UNKNOWN);
        } else if (!operation.read() || !better()) {
            hopes = true;
            relay.waits(this);
            relay.later(rest(Math.max(operation.budget().toNanos(), HOPES_NANOS)), () -> {
                if (hopes) {
                    hopes = false;
                    tell(operation.read() ? Answer.ERROR : Answer.UNKNOWN);
                }
            });
        }
    }

    private void beginHedge() {
        if (hedged || answered || !hedgeable()) {
            return;
        }
        if (relay.spendsHedge()) {
            relay.watcher().hedges(operation);
        } else if (relay.leavesPerhaps(operation)) {
            relay.watcher().asksBoth(operation);
        } else {
            return;
        }
        hedged = true;
        var asked = first.orElseThrow();
        var other = asked.side.other();
        hedge = Optional.of(send(other, relay.pairs(asked.flight, other, Source.HEDGE), outcome -> {
            if (good(outcome)) {
                first.ifPresent(Attempt::withdraw);
                tell(Answer.GOOD);
            } else if (!firstFailed || outcome != Outcome.FAILED || !again(hedge, this::noBetter)) {
                noBetter();
            }
        }));
    }

    /** Users were moved: reads follow at once; a write only if no side can have seen it, or it may be seen twice. */
    void look() {
        if (answered || relay.world.has(WebAppBug.WAITING_READS_STAY)) {
            return;
        }
        var side = first.orElseThrow().side;
        if (!repeatable() || !relay.leaves(page, slice, begun, side)) {
            return;
        }
        if (hopes) {
            hopes = false;
            serve();
        } else if (!first.orElseThrow().over()) {
            first.ifPresent(Attempt::withdraw);
            hedge.ifPresent(Attempt::withdraw);
            serve();
        }
    }

    private void tell(Answer answer) {
        if (!answered) {
            answered = true;
            hopes = false;
            relay.answered(this);
            relay.watcher().told(write, answer, relay.nanos() - begun, operation);
            visitor.accept(answer);
        }
    }

    /** The process that it was in is gone, and with it the connection. */
    void cutOff() {
        if (!answered) {
            answered = true;
            visitor.accept(Answer.UNKNOWN);
        }
    }

    /** A read that may go anywhere waits where its users have left. */
    boolean leftBehind() {
        return !answered
                && operation.read()
                && first.filter(attempt -> !attempt.over() && relay.leaves(page, slice, begun, attempt.side))
                        .isPresent();
    }
}
