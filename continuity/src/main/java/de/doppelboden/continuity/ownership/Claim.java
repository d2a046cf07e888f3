package de.doppelboden.continuity.ownership;

/** The store's answer to a claim of ownership. */
public sealed interface Claim {

    record Granted(Ownership ownership) implements Claim {}

    /** Somebody else has changed the epoch since; theirs holds. */
    record Lost(Ownership current) implements Claim {}

    /** Ownership cannot go to the primary while the journal holds this many entries that it does not have. */
    record Unready(int open) implements Claim {}

    /** The store could not be reached, or did not say whether the claim took effect: read before claiming again. */
    record Unavailable(String reason) implements Claim {}
}
