package de.doppelboden.continuity;

/** What one request got, from best to worst. */
public enum Outcome {
    IN_BUDGET,
    /** A good answer, later than the operation's budget. */
    LATE,
    /** An answer that is not what the operation calls success; also a side that lies. */
    FAILED,
    /** Refused, reset, or given up unanswered. */
    NONE;

    public boolean worseThan(Outcome other) {
        return compareTo(other) > 0;
    }
}
