package de.doppelboden.register.counter;

import de.doppelboden.continuity.Appended;
import de.doppelboden.continuity.JournalEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The journal as the counter needs it. */
interface CounterJournal {

    /** Appends within the caller's transaction, in one round trip, fenced by the epoch that the clerk's request came with. */
    Appended append(Connection connection, String service, JournalEntry entry, long epoch) throws SQLException;

    /** The entry of a form, also of one that was under way to the primary when users were moved. */
    Optional<JournalEntry> find(String service, String idempotencyKey) throws SQLException;
}
