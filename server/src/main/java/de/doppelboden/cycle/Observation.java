package de.doppelboden.cycle;

import de.doppelboden.continuity.Flight;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** One request on one side, told to the judge and to the picture of the day. Ended once, on any thread. */
public final class Observation {

    private final Flight flight;
    private final Operation operation;
    private final Side side;
    private final Source source;
    private final long begin;
    private final Traffic traffic;
    private final LongSupplier nanos;

    Observation(
            Flight flight,
            Operation operation,
            Side side,
            Source source,
            long begin,
            Traffic traffic,
            LongSupplier nanos) {
        this.flight = flight;
        this.operation = operation;
        this.side = side;
        this.source = source;
        this.begin = begin;
        this.traffic = traffic;
        this.nanos = nanos;
    }

    /** The user has a good answer: in budget or late, as the time says. */
    public void answered() {
        answered(() -> false);
    }

    /** The answer is not what the operation calls a success. */
    public void failed() {
        end(Outcome.FAILED, nanos.getAsLong());
    }

    /** No answer: refused, reset, or given up. */
    public void unanswered() {
        end(Outcome.NONE, nanos.getAsLong());
    }

    /**
     * A good answer has come now; whether the user was answered the same, with whom it is compared, may be known only in a moment.
     *
     * @param otherwise waits for it; true if the user's answer is another
     */
    public void answered(BooleanSupplier otherwise) {
        long now = nanos.getAsLong();
        if (otherwise.getAsBoolean()) {
            flight.endedOtherwise(now);
            traffic.note(side, source, Outcome.FAILED, now - begin);
        } else {
            end(now - begin <= operation.budget().toNanos() ? Outcome.IN_BUDGET : Outcome.LATE, now);
        }
    }

    private void end(Outcome outcome, long now) {
        flight.ended(outcome, now);
        if (!flight.elsewhere()) {
            traffic.note(side, source, outcome, now - begin);
        }
    }

    /** The user was answered by the other side, which was asked as well: this one goes on for the judge only. */
    public void answeredElsewhere() {
        flight.answeredElsewhere();
    }

    /** Taken back by us, or left by the user, without fault of the side. */
    public void withdrawn() {
        flight.withdrawn();
    }

    Flight flight() {
        return flight;
    }
}
