package de.doppelboden.continuity;

/** Where a service is in its cycle; a summary, because what counts is the owner of each key. */
public enum State {
    /** The primary serves. */
    NORMAL,
    /** The evidence speaks for the standby; ownership of ordered keys is being claimed. */
    FAILING_OVER,
    /** The standby serves and journals. */
    ON_STANDBY,
    /** The standby serves; the primary gets mirrored reads and the journal back, and must prove itself. */
    RECONCILING,
    /** The primary has proven itself and has all of the journal; users move back slice by slice. */
    RETURNING,
    /** The primary serves, but for a slice that the standby serves to prove that it can. */
    EXERCISING;

    /** The side that serves users who are not in a moving slice. */
    public Side serving() {
        return switch (this) {
            case NORMAL, EXERCISING -> Side.PRIMARY;
            case FAILING_OVER, ON_STANDBY, RECONCILING, RETURNING -> Side.STANDBY;
        };
    }
}
