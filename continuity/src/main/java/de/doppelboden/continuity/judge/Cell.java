package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;

/**
 * Requests that are alike, packed into a number: begun in the same tenth of a second (the same second, if they were quick), of one
 * operation, on one side, from one source, with one outcome, in one step of duration. Sorted as numbers they are sorted by time.
 */
public final class Cell {

    public static final long TICK_NANOS = 100_000_000L;
    static final int TICKS_A_SECOND = 10;
    static final int MOST = 1023;

    /** How a request ended: an {@link Outcome}, or this, or an outcome that is not the user's, who was answered by the other side. */
    static final int WITHDRAWN = Outcome.values().length;

    private static final Outcome[] OUTCOMES = Outcome.values();

    private static final Side[] SIDES = Side.values();
    private static final Source[] SOURCES = Source.values();
    private static final int COUNT_BITS = 10;
    private static final int WIDE_AT = COUNT_BITS;
    private static final int STEP_AT = WIDE_AT + 1;
    private static final int ENDED_AT = STEP_AT + 7;
    private static final int SOURCE_AT = ENDED_AT + 3;
    private static final int SIDE_AT = SOURCE_AT + 2;
    private static final int OPERATION_AT = SIDE_AT + 1;
    private static final int TICK_AT = OPERATION_AT + 8;

    private Cell() {}

    /**
     * A cell that holds one request.
     *
     * @param tick since the beginning of all, in tenths of a second
     * @param wide the tick means a whole second: a quick answer
     * @param step of how long it took
     */
    static long of(long tick, boolean wide, int operation, Side side, Source source, int ended, int step) {
        return tick << TICK_AT
                | (long) operation << OPERATION_AT
                | (long) side.ordinal() << SIDE_AT
                | (long) source.ordinal() << SOURCE_AT
                | (long) ended << ENDED_AT
                | (long) step << STEP_AT
                | (wide ? 1L << WIDE_AT : 0);
    }

    static long with(long cell, int count) {
        return cell | count;
    }

    public static int count(long cell) {
        return (int) (cell & MOST);
    }

    public static boolean wide(long cell) {
        return (cell >>> WIDE_AT & 1) != 0;
    }

    public static int step(long cell) {
        return (int) (cell >>> STEP_AT & 127);
    }

    /** @param elsewhere the user was answered by the other side; what is in time is hers all the same */
    static int ended(Outcome outcome, boolean elsewhere) {
        return outcome.ordinal() + (elsewhere && outcome != Outcome.IN_BUDGET ? WITHDRAWN : 0);
    }

    private static int ended(long cell) {
        return (int) (cell >>> ENDED_AT & 7);
    }

    /** What the side gave; not to be asked of a withdrawn one. */
    public static Outcome outcome(long cell) {
        var ended = ended(cell);
        return OUTCOMES[ended > WITHDRAWN ? ended - WITHDRAWN : ended];
    }

    /** The user was answered by the other side. */
    public static boolean elsewhere(long cell) {
        return ended(cell) > WITHDRAWN;
    }

    public static boolean withdrawn(long cell) {
        return ended(cell) == WITHDRAWN;
    }

    static boolean answered(long cell) {
        return !withdrawn(cell) && outcome(cell).compareTo(Outcome.LATE) <= 0;
    }

    public static Source source(long cell) {
        return SOURCES[(int) (cell >>> SOURCE_AT & 3)];
    }

    public static Side side(long cell) {
        return SIDES[(int) (cell >>> SIDE_AT & 1)];
    }

    public static int operation(long cell) {
        return (int) (cell >>> OPERATION_AT & 255);
    }

    public static long tick(long cell) {
        return cell >>> TICK_AT;
    }

    public static long widthNanos(long cell) {
        return wide(cell) ? TICKS_A_SECOND * TICK_NANOS : TICK_NANOS;
    }

    /** Whether the user had to wait for longer than this, or got nothing in time and was taken elsewhere. */
    public static boolean late(long cell, long budgetNanos) {
        return ended(cell) == Outcome.LATE.ordinal() || withdrawn(cell) && Steps.middleNanos(step(cell)) > budgetNanos;
    }

    /** The user got a wrong answer, or none. */
    public static boolean failed(long cell) {
        return !elsewhere(cell) && isBad(cell);
    }

    /** The side gave a wrong answer, or none. */
    public static boolean isBad(long cell) {
        return !withdrawn(cell) && outcome(cell).compareTo(Outcome.LATE) > 0;
    }

    /** Steps of durations: eight in each octave, so that none is wider than an eighth; from a quarter of a millisecond to a minute. */
    public static final class Steps {

        static final int COUNT = 128;
        private static final int UNIT_BITS = 18;
        private static final int FINE = 8;

        private Steps() {}

        static int of(long nanos) {
            var units = Math.max(0, nanos) >>> UNIT_BITS;
            if (units < FINE) {
                return (int) units;
            }
            var octave = 60 - Long.numberOfLeadingZeros(units);
            return (int) Math.min(COUNT - 1, octave * FINE + (units >>> octave));
        }

        /** The one in the middle of so many halvings more of steps that are taken for one. */
        static int coarse(long nanos, int halvings) {
            var step = of(nanos);
            return halvings == 0 ? step : step >> halvings << halvings | 1 << halvings - 1;
        }

        public static long middleNanos(int step) {
            if (step < FINE) {
                return (step << UNIT_BITS) + (1L << UNIT_BITS - 1);
            }
            var octave = step / FINE - 1;
            var units = (long) (step - octave * FINE) << octave;
            return (units << UNIT_BITS) + (1L << octave + UNIT_BITS - 1);
        }
    }
}
