package de.doppelboden.continuity.journal;

import de.doppelboden.continuity.Key;
import java.time.Instant;

/**
 * One thing that a user did on the standby, or one that was under way to the primary when users were moved.
 *
 * @param number its place in the journal, 0 before it is stored
 * @param idempotencyKey made with the form, so that the same act has the same key on both sides
 * @param baseVersion version of the record that the user saw, empty for a new record, or {@link #ANY_VERSION}
 * @param payload JSON, without secrets
 * @param actor opaque id of the person who did it
 * @param epoch of the ownership under which it was written
 */
public record JournalEntry(
        long number,
        String idempotencyKey,
        String operation,
        Key key,
        String baseVersion,
        String payload,
        String actor,
        String office,
        Instant at,
        EntryState state,
        long epoch) {

    /** In place of a version: a person has decided that it goes to whatever the record is then, however often it is tried. */
    public static final String ANY_VERSION = "*";

    JournalEntry in(EntryState next) {
        return new JournalEntry(
                number, idempotencyKey, operation, key, baseVersion, payload, actor, office, at, next, epoch);
    }
}
