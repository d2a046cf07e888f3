package de.doppelboden.cycle;

import de.doppelboden.continuity.journal.Journal;
import de.doppelboden.continuity.ownership.OwnershipStore;
import de.doppelboden.database.Database;

/** All that one service keeps in the database. */
public record Stores(OwnershipStore ownership, Journal journal, Proofs proofs, DayStore day) {

    public static Stores of(Database database, String service) {
        return of(database, service, new PostgresJournal(database, service));
    }

    public static Stores of(Database database, String service, Journal journal) {
        return new Stores(
                new PostgresOwnership(database, service),
                journal,
                new Proofs(database, service),
                new DayStore(database, service));
    }
}
