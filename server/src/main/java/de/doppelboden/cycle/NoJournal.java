package de.doppelboden.cycle;

import de.doppelboden.continuity.journal.Appended;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.Journal;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.journal.Reconciliation;
import de.doppelboden.continuity.journal.Replay;
import java.util.List;
import java.util.Set;

/** Of a service whose standby notes nothing, because its sides write one store, or because nothing is written there. */
public final class NoJournal implements Journal, Replay {

    @Override
    public Appended append(JournalEntry entry, long epoch) {
        throw new IllegalStateException("nothing is noted for this service: " + entry.operation());
    }

    @Override
    public Appended suspect(JournalEntry entry) {
        throw new IllegalStateException("nothing is noted for this service: " + entry.operation());
    }

    @Override
    public List<JournalEntry> due(int limit) {
        return List.of();
    }

    @Override
    public boolean record(JournalEntry entry, EntryState next, String why) {
        return false;
    }

    @Override
    public int missing(Set<String> idempotencyKeys) {
        return 0;
    }

    @Override
    public Backlog backlog() {
        return Backlog.EMPTY;
    }

    @Override
    public Reconciliation apply(JournalEntry entry) {
        throw new IllegalStateException("there is no entry to be carried out: " + entry.operation());
    }

    @Override
    public Reconciliation lookUp(JournalEntry entry) {
        throw new IllegalStateException("there is no entry to be looked up: " + entry.operation());
    }
}
