package de.doppelboden.register.counter;

import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.Database;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the cycle's journal; what is written to it goes through {@link ActWriter}. */
@Component
final class CounterJournal {

    private final Database database;

    CounterJournal(Database database) {
        this.database = database;
    }

    /** The entry of a form, also of one that was under way to the primary when users were moved. */
    Optional<JournalEntry> find(String service, String idempotencyKey) throws SQLException {
        return new Worklist(database, service).item(idempotencyKey).map(Worklist.Item::entry);
    }
}
