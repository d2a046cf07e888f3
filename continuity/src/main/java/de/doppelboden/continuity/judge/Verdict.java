package de.doppelboden.continuity.judge;

/** What the evidence says of one side. */
public enum Verdict {
    HEALTHY,
    /** Answers, but late or not always. */
    DEGRADED,
    /** Users get nothing of use from it. */
    FAILED,
    /** Nothing recent to judge by, or only what the gateway's own lag has voided. */
    UNKNOWN
}
