package de.doppelboden.continuity.judge;

/**
 * Nothing that was begun lately is answered in the time that it usually takes: the first that is seen of a side that hangs, pauses, or
 * has more before it than it can do, long before anybody has waited too long. It may be over in a moment; so it moves nobody, and ends
 * by itself: a side that has become slower for good is no longer unusual, and what goes on is the judge's matter.
 */
final class Stall {

    /** So many in a row are no chance, if one in a hundred takes longer than usual; one that takes twice as long counts for two. */
    private static final int IN_A_ROW = 4;

    /** What one may count for, however long it takes: something may be wrong with it alone. */
    private static final int AT_MOST = 3;

    /** So many are worth a look at the other side. */
    private static final int SUSPICIOUS = 2;

    /** What comes again sooner is the same one. */
    private static final long ANOTHER_AFTER_NANOS = 3_000_000_000L;

    private boolean answeredAny;
    private long answered;
    private int overdue;
    private long earliest;
    private boolean on;
    private boolean known;
    private long last;
    private long since;

    void nextPass() {
        overdue = 0;
    }

    /**
     * Under way for longer than usual.
     *
     * @param waited nanoseconds
     * @param usual less than that
     */
    void overdue(long begun, long waited, long usual) {
        if (answeredAny && begun - answered > 0) {
            earliest = overdue == 0 || begun - earliest < 0 ? begun : earliest;
            overdue += Math.min(Long.SIZE - Long.numberOfLeadingZeros(waited / usual), AT_MOST);
        }
    }

    /** Answered as quickly as usual. */
    void answered(long begun) {
        if (!answeredAny || begun - answered > 0) {
            answeredAny = true;
            answered = begun;
            overdue = 0;
        }
    }

    /** After each pass. */
    void settle(long now) {
        on = overdue >= IN_A_ROW;
        if (on) {
            if (!known || now - last > ANOTHER_AFTER_NANOS) {
                since = earliest;
            }
            known = true;
            last = now;
        }
    }

    boolean suspicious() {
        return overdue >= SUSPICIOUS;
    }

    boolean on() {
        return on;
    }

    /** When the first of those that wait was begun. */
    long since() {
        return since;
    }

    /** Whether something that was begun since then was answered as quickly as usual. */
    boolean answersSince(long nanos) {
        return answeredAny && answered - nanos > 0;
    }
}
