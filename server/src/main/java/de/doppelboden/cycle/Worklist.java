package de.doppelboden.cycle;

import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.database.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people see of a service's journal and decide about it. Any thread; blocks. */
public final class Worklist {

    private static final int MOST = 500;

    /**
     * An entry with what is known of it.
     *
     * @param why the reason of its present state; for a conflict with the primary's version, as the reconciler noted it
     */
    public record Item(JournalEntry entry, String why, Instant changed) {}

    /** One step of an entry. */
    public record Step(Instant at, EntryState state, String why, String actor) {}

    private final Database database;
    private final String service;

    public Worklist(Database database, String service) {
        this.database = database;
        this.service = service;
    }

    /** Entries that wait for a person, the oldest first. */
    public List<Item> waiting() throws SQLException {
        return items("state in ('REVIEW', 'CONFLICT', 'UNKNOWN') order by number");
    }

    /** The latest entries of any state. */
    public List<Item> latest() throws SQLException {
        return items("true order by number desc");
    }

    /** Entries with work left, behind a decision or not, the oldest first. */
    public List<Item> open() throws SQLException {
        return items("state in ('SUSPECT', 'OPEN', 'TRYING', 'DECIDED_APPLY') order by number");
    }

    private List<Item> items(String condition) throws SQLException {
        return database.transaction(connection -> Sql.list(
                connection,
                row -> new Item(PostgresJournal.entry(row), row.getString("why"), Sql.instant(row, "changed")),
                "select * from cycle.journal where service = ? and " + condition + " limit " + MOST,
                service));
    }

    public Optional<Item> item(long number) throws SQLException {
        return database.transaction(connection -> Sql.list(
                        connection,
                        row -> new Item(PostgresJournal.entry(row), row.getString("why"), Sql.instant(row, "changed")),
                        "select * from cycle.journal where service = ? and number = ?",
                        service,
                        number)
                .stream()
                .findFirst());
    }

    public Optional<Item> item(String idempotencyKey) throws SQLException {
        return database.transaction(connection -> Sql.list(
                        connection,
                        row -> new Item(PostgresJournal.entry(row), row.getString("why"), Sql.instant(row, "changed")),
                        "select * from cycle.journal where service = ? and idempotency_key = ?",
                        service,
                        idempotencyKey)
                .stream()
                .findFirst());
    }

    /** How far entries are, by their idempotency keys; those that are not in the journal are left out. */
    public Map<String, EntryState> states(Collection<String> idempotencyKeys) throws SQLException {
        var states = new HashMap<String, EntryState>();
        database.transaction(connection -> Sql.list(
                connection,
                row -> states.put(row.getString(1), EntryState.valueOf(row.getString(2))),
                "select idempotency_key, state from cycle.journal where service = ? and idempotency_key = any(?)",
                service,
                connection.createArrayOf("text", idempotencyKeys.toArray())));
        return states;
    }

    public List<Step> steps(long number) throws SQLException {
        return database.transaction(connection -> Sql.list(
                connection,
                row -> new Step(
                        Sql.instant(row, "at"),
                        EntryState.valueOf(row.getString("state")),
                        row.getString("why"),
                        row.getString("actor")),
                "select * from cycle.journal_step where number = ? order by at, ctid limit " + MOST,
                number));
    }

    /**
     * A person's decision. False if the entry has changed since she saw it.
     *
     * @param seen the state in which she saw it
     * @param apply to the primary's present record; else it is dropped
     * @param actor her opaque id
     */
    public boolean decide(long number, EntryState seen, boolean apply, String why, String actor) throws SQLException {
        if (!seen.onWorklist()) {
            throw new IllegalArgumentException("no decision is needed for an entry that is " + seen);
        }
        var next = apply ? EntryState.DECIDED_APPLY : EntryState.DROPPED;
        return database.transaction(connection -> PostgresJournal.record(connection, number, seen, next, why, actor));
    }
}
