package de.doppelboden.continuity;

/** What the standby does with an operation. */
public enum Policy {
    /** Carried out at once on the standby, with full effect; repeating it does no harm. */
    SAFE,
    /** Can be withdrawn on one side before it is tried on the other, as a call before it is answered. */
    REVOCABLE,
    /** The user gets a receipt now; it becomes final when the primary has it. */
    PROVISIONAL,
    /** Taken down on the standby; a person confirms it on return. */
    REVIEW,
    /** Refused on the standby, with what to do instead. */
    FORBIDDEN
}
