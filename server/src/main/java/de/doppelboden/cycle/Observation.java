package de.doppelboden.cycle;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.judge.Flight;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request on one side, told to the judge and to the picture of the day. Any thread; only the first word of its end counts. */
public final class Observation {

    private final LongFunction<Flight> flights;
    private final Operation operation;
    private final Side side;
    private final Source source;
    private final Traffic traffic;
    private final LongSupplier nanos;
    private volatile @Nullable Flight flight;
    private long begin;
    private boolean over;

    /** @param flights makes the judge's flight, which begins at a time on the monotonic clock */
    Observation(
            LongFunction<Flight> flights,
            Operation operation,
            Side side,
            Source source,
            Traffic traffic,
            LongSupplier nanos) {
        this.flights = flights;
        this.operation = operation;
        this.side = side;
        this.source = source;
        this.traffic = traffic;
        this.nanos = nanos;
    }

    /** The side has the request from now on, if it has not had it before. */
    public void begin() {
        flight();
    }

    Flight flight() {
        var begun = flight;
        return begun == null ? begun() : begun;
    }

    private synchronized Flight begun() {
        var begun = flight;
        if (begun == null) {
            begin = nanos.getAsLong();
            begun = flights.apply(begin);
            flight = begun;
        }
        return begun;
    }

    /** Whether a word was said of its end. */
    public synchronized boolean over() {
        return over;
    }

    private synchronized boolean ends() {
        boolean first = !over;
        over = true;
        return first;
    }

    /** The user has a good answer: in budget or late, as the time says. */
    public void answered() {
        answered(() -> Word.ALIKE);
    }

    /** The answer is not what the operation calls a success. */
    public void failed() {
        begin();
        end(Outcome.FAILED, nanos.getAsLong());
    }

    /** No answer: refused, reset, or given up. */
    public void unanswered() {
        begin();
        end(Outcome.NONE, nanos.getAsLong());
    }

    /**
     * A good answer has come now; whether the user was answered the same, with whom it is compared, may be known only in a moment.
     *
     * @param compared waits for it
     */
    public void answered(Supplier<Word> compared) {
        var known = flight();
        long now = nanos.getAsLong();
        switch (compared.get()) {
            case ALIKE -> end(now - begin <= operation.budget().toNanos() ? Outcome.IN_BUDGET : Outcome.LATE, now);
            case OTHERWISE -> {
                if (ends()) {
                    known.endedOtherwise(now);
                    traffic.note(side, source, Outcome.FAILED, now - begin);
                }
            }
            case UNKNOWN -> withdrawn();
        }
    }

    /** What a comparison with the user's answer has found. */
    public enum Word {
        ALIKE,
        OTHERWISE,
        /** Nothing that speaks for the side, or against it. */
        UNKNOWN
    }

    private void end(Outcome outcome, long now) {
        var known = flight();
        if (ends()) {
            known.ended(outcome, now);
            if (!known.elsewhere()) {
                traffic.note(side, source, outcome, now - begin);
            }
        }
    }

    /** The user was answered by the other side, which was asked as well: this one goes on for the judge only. */
    public void answeredElsewhere() {
        flight().answeredElsewhere();
    }

    /** Taken back by us, or left to the user, without fault of the side: says no more than it has said so far. */
    public void withdrawn() {
        var known = flight();
        if (ends()) {
            known.withdrawn();
        }
    }
}
