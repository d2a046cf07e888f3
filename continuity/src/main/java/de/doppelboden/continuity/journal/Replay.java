package de.doppelboden.continuity.journal;

/** Hands an entry to the primary by the primary's own interface. Both methods block and answer within a bounded time. */
public interface Replay {

    /** Carries the entry out on the primary under its idempotency key and base version. */
    Reconciliation apply(JournalEntry entry);

    /**
     * Asks whether the primary has carried out the act of this entry: {@link Reconciliation.AlreadyApplied}, {@link
     * Reconciliation.Absent}, or that it cannot say now ({@link Reconciliation.RetryLater}) or at all ({@link
     * Reconciliation.Unknown}).
     */
    Reconciliation lookUp(JournalEntry entry);
}
