package de.doppelboden.register.feed;

import de.doppelboden.continuity.journal.EntryState;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** Asks the journal how far entries are, by their idempotency keys. */
interface JournalStates {
    Map<String, EntryState> of(Collection<String> idempotencyKeys) throws SQLException;
}
