package de.doppelboden.continuity.journal;

/** The primary's answer about one entry. */
public sealed interface Reconciliation {

    /** It is carried out now. */
    record Applied(String reference) implements Reconciliation {}

    /** It was carried out before. */
    record AlreadyApplied(String reference) implements Reconciliation {}

    /** The record is not the one that the user saw; both versions as JSON. */
    record Conflict(String primaryVersion, String journalVersion) implements Reconciliation {}

    /** Surely not carried out; worth another attempt. */
    record RetryLater(String reason) implements Reconciliation {}

    /** Nobody knows whether it was carried out: must be looked up, never blindly repeated. */
    record Unknown(String reason) implements Reconciliation {}

    /** Looked up: the primary has never carried it out. */
    record Absent() implements Reconciliation {}
}
