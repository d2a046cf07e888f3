package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A request under way on one side: begun and ended once, on any threads. What it costs the data path is this object, one
 * exchange and one write.
 */
public final class Flight {

    private static final VarHandle NEXT;
    private static final VarHandle END;

    static {
        try {
            var lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(Flight.class, "next", Flight.class);
            END = lookup.findVarHandle(Flight.class, "end", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** How a flight stands. */
    enum Progress {
        UNDER_WAY,
        ENDED,
        WITHDRAWN
    }

    private static final long UNDER_WAY = Long.MIN_VALUE;
    private static final long WITHDRAWN = Long.MIN_VALUE + 1;

    public final Operation operation;
    final Side side;
    final Source source;
    public final long begin;
    final @Nullable Flight partner;

    private @Nullable Outcome outcome;
    private boolean otherwise;
    private volatile boolean elsewhere;

    @SuppressWarnings("FieldMayBeFinal") // written through END
    private volatile long end = UNDER_WAY;

    @SuppressWarnings("unused") // written through NEXT
    private volatile @Nullable Flight next;

    /** What the judge has already counted of it; the judge's thread only. */
    final Counted counted = new Counted();

    Flight(Operation operation, Side side, Source source, long begin, @Nullable Flight partner) {
        this.operation = operation;
        this.side = side;
        this.source = source;
        this.begin = begin;
        this.partner = partner;
    }

    /** The user has got this outcome, or has given up ({@link Outcome#NONE}). Only the first word counts. */
    public void ended(Outcome what, long nanos) {
        if (end == UNDER_WAY) {
            outcome = what;
            END.setRelease(this, nanos);
        }
    }

    /** The side has answered well, but not what the user was answered by the other: {@link Outcome#FAILED}. */
    public void endedOtherwise(long nanos) {
        if (end == UNDER_WAY) {
            otherwise = true;
            ended(Outcome.FAILED, nanos);
        }
    }

    /** The user has been answered by the other side, which was asked as well: what this one gives is for the judge only. */
    public void answeredElsewhere() {
        elsewhere = true;
    }

    public boolean elsewhere() {
        return elsewhere;
    }

    /** Taken back by the gateway or left by the user without fault of the side: says no more than it has said so far. */
    public void withdrawn() {
        if (end == UNDER_WAY) {
            END.setRelease(this, WITHDRAWN);
        }
    }

    Progress progress() {
        var seen = end;
        return seen == UNDER_WAY ? Progress.UNDER_WAY : seen == WITHDRAWN ? Progress.WITHDRAWN : Progress.ENDED;
    }

    /** Valid once {@link Progress#ENDED}. */
    long end() {
        return end;
    }

    Outcome outcome() {
        var known = outcome;
        if (known == null) {
            throw new IllegalStateException(
                    "asked for the outcome of a flight that has not ended: " + operation.name());
        }
        return known;
    }

    /** Valid once {@link Progress#ENDED}: whether the answer was another than the user's. */
    boolean otherwise() {
        return otherwise;
    }

    /** Both sides were asked before. */
    boolean asksOnceMore() {
        return partner != null && partner.partner != null;
    }

    @Nullable
    Flight next() {
        return (Flight) NEXT.getAcquire(this);
    }

    void next(@Nullable Flight later) {
        NEXT.setRelease(this, later);
    }

    /** What the judge knows of it so far. */
    static final class Counted {
        boolean slowness;
        boolean late;

        /** It failed, and no other side was known to have done better or worse. */
        boolean alone;

        Grade shared = Grade.QUICK;

        @Nullable
        Grade grade;
    }
}
