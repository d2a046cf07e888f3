package de.doppelboden.continuity;

/** Where an observation comes from. */
public enum Source {
    USER,
    /** Does what users do, so that little traffic is judged too. */
    PROBE,
    /** A safe read that was asked of the other side as well. */
    HEDGE,
    /** A read sent to the side that wants to return, its answer thrown away. */
    MIRROR
}
