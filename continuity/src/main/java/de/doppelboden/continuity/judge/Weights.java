package de.doppelboden.continuity.judge;

/**
 * For each thing that can go wrong on one side: how likely the other side would have done better at the same time.
 *
 * @param failed for a probe, or a user's request that was asked of both sides
 * @param failedAlone for a user's request that was asked of one side: it may be the user's own error
 * @param failedUnpaired for one that is never asked of both sides
 * @param givenUp for a request that was given up after its time: where all are late, some have no answer in the end
 * @param errorsAtMost how often the users' own errors may fail, by what the other side has seen
 * @param known whether the other side has given any outcome of the same time
 */
record Weights(
        double slow,
        double late,
        double failed,
        double failedAlone,
        double failedUnpaired,
        double none,
        double givenUp,
        double errorsAtMost,
        boolean known) {

    /** Nothing is known of the other side: then nothing can be said against this one. */
    static final Weights UNKNOWN = new Weights(0, 0, 0, 0, 0, 0, 0, 1, false);

    /** As if the other side were always better, but for what may be the senders' own errors. */
    static final Weights NOT_SEEN = new Weights(1, 1, 1, 0, 0, 1, 1, 1, false);

    /** As if the other side were always better: what would be suspected without it. */
    static final Weights RAW = new Weights(1, 1, 1, 1, 1, 1, 1, 0, true);
}
