package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Outcome;

/** What one request got, as the judge tells it apart: an {@link Outcome}, and whether half the budget was enough. */
enum Grade {
    QUICK,
    /** In budget, but past half of it: harmless alone, and the first that is seen of a side that begins to hang. */
    SLOW,
    LATE,
    FAILED,
    NONE;

    /** A third longer. */
    private static final int NEARLY = 3;

    boolean worseThan(Grade other) {
        return ordinal() > other.ordinal();
    }

    /** @param waited without what the gateway's own lag has added */
    static Grade of(Outcome outcome, long waited, long budget) {
        return switch (outcome) {
            case IN_BUDGET -> waiting(waited, budget);
            case LATE -> LATE;
            case FAILED -> FAILED;
            case NONE -> NONE;
        };
    }

    /**
     * What it counts as beside the other side: what took nearly as long is not better, because both are slow by the same cause and
     * a limit lies between them.
     */
    Grade beside(long waited, long budget) {
        return worseThan(SLOW) ? this : waiting(waited + waited / NEARLY, budget);
    }

    /** What a request is at least, that has waited so long. */
    static Grade waiting(long waited, long budget) {
        return waited > budget ? LATE : waited > budget / 2 ? SLOW : QUICK;
    }
}
