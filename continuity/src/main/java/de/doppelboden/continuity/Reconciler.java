package de.doppelboden.continuity;

/**
 * Hands the journal back to the primary: in order for each key, never twice, never dropped. Blocks in the journal and the
 * replay; has a thread of its own.
 */
public final class Reconciler {

    public Reconciler(Journal journal, Replay replay, Time time) {}

    /** Works on the entries that are due, at most {@code limit}; says what it did. */
    public Decision step(int limit) {
        return Decision.stay("the journal is empty");
    }
}
