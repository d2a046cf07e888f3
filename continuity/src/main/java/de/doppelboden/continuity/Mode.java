package de.doppelboden.continuity;

/** How far the cycle may act for a service without a person. */
public enum Mode {
    /** In the path and judging, never acting: how each service starts. */
    OBSERVE,
    /** Says what it would do; a person does it with one order. */
    ADVISE,
    /** Acts on evidence. */
    AUTOMATIC,
    /** Holds everything as it is until a person resumes. */
    PAUSED
}
