package de.doppelboden.register.counter;

import de.doppelboden.continuity.Appended;
import de.doppelboden.continuity.JournalEntry;
import de.doppelboden.cycle.PostgresJournal;
import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The cycle's journal. */
@Component
final class CycleJournal implements CounterJournal {

    private final Database database;
    private final Map<String, PostgresJournal> journals = new ConcurrentHashMap<>();

    CycleJournal(Database database) {
        this.database = database;
    }

    @Override
    public Appended append(Connection connection, String service, JournalEntry entry, long epoch) throws SQLException {
        return journals.computeIfAbsent(service, id -> new PostgresJournal(database, id))
                .append(connection, entry, epoch);
    }

    @Override
    public Optional<JournalEntry> find(String service, String idempotencyKey) throws SQLException {
        return new Worklist(database, service).item(idempotencyKey).map(Worklist.Item::entry);
    }
}
