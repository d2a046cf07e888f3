package de.doppelboden.continuity.journal;

import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.util.List;
import java.util.Set;

/** The durable list of what was done on the standby. Effect and entry are one transaction. All methods block. */
public interface Journal {

    /**
     * Appends if the key belongs to the standby under exactly this epoch, checked in the same transaction. An idempotency key
     * that is there already is a duplicate, but for a suspect that its user sends again: that entry becomes this one, open.
     */
    Appended append(JournalEntry entry, long epoch);

    /**
     * Notes a write that was under way to the primary when users were moved. Not fenced: it tells what may have happened on
     * the other side. A suspect whose idempotency key is already in the journal is a duplicate.
     */
    Appended suspect(JournalEntry entry);

    /**
     * The earliest entries that the reconciler has work with: at most one for each key, none for a key that has an earlier
     * entry on the worklist. Empty while another gateway is at it (a lock of the store that ends with its session).
     */
    List<JournalEntry> due(int limit) throws StoreUnavailable;

    /** Notes what became of an entry; false, and nothing is noted, if it is no longer in the state in which it was read. */
    boolean record(JournalEntry entry, EntryState next, String why) throws StoreUnavailable;

    /** How many of these acts were never stored, whatever has become of them since. */
    int missing(Set<String> idempotencyKeys) throws StoreUnavailable;

    Backlog backlog() throws StoreUnavailable;
}
