package de.doppelboden.cycle;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.journal.Appended;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.Journal;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import de.doppelboden.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal of one service, in the database. Any thread but {@link #due}, which is for the reconciler's; blocks. */
public final class PostgresJournal implements Journal, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresJournal.class);
    private static final String UNFINISHED = "('SUSPECT', 'OPEN', 'TRYING', 'DECIDED_APPLY')";
    private static final String WITH_A_PERSON = "('REVIEW', 'CONFLICT', 'UNKNOWN')";
    private static final String HELD = "exists (select 1 from cycle.journal w where w.service = j.service"
            + " and w.key_space = j.key_space and w.key_id = j.key_id and w.number < j.number and w.state in "
            + WITH_A_PERSON + ")";
    private static final String DUE = "select * from (select distinct on (key_space, key_id) * from cycle.journal j"
            + " where service = ? and state in " + UNFINISHED + " and not " + HELD
            + " order by key_space, key_id, number) first_of_key order by number limit ?";
    private static final String APPEND =
            "select outcome, entry_number from cycle.append(?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)";

    private final Database database;
    private final String service;
    private @Nullable Connection atWork;

    public PostgresJournal(Database database, String service) {
        this.database = database;
        this.service = service;
    }

    @Override
    public Appended append(JournalEntry entry, long epoch) {
        try {
            return database.transaction(connection -> append(connection, entry, epoch));
        } catch (SQLException failed) {
            return new Appended.Unavailable(String.valueOf(failed.getMessage()));
        }
    }

    /**
     * As {@link #append(JournalEntry, long)}, within the caller's transaction, so that effect and entry are one: one round
     * trip. What it says holds once the caller has committed.
     */
    public Appended append(Connection connection, JournalEntry entry, long epoch) throws SQLException {
        try (var statement = connection.prepareStatement(APPEND)) {
            statement.setString(1, service);
            statement.setString(2, entry.idempotencyKey());
            statement.setString(3, entry.operation());
            statement.setString(4, entry.key().space());
            statement.setString(5, entry.key().id());
            statement.setString(6, entry.baseVersion());
            statement.setString(7, storable(entry.payload()));
            statement.setString(8, entry.actor());
            statement.setString(9, entry.office());
            statement.setTimestamp(10, Timestamp.from(entry.at()));
            statement.setString(11, entry.state().name());
            statement.setLong(12, epoch);
            try (var rows = statement.executeQuery()) {
                rows.next();
                long number = rows.getLong(2);
                return switch (rows.getString(1)) {
                    case "STORED" -> new Appended.Stored(number);
                    case "DUPLICATE" -> new Appended.Duplicate(number);
                    default -> new Appended.Fenced(current(connection));
                };
            }
        }
    }

    /** Without NUL, which PostgreSQL has no place for: a form with one would wait for the database for ever. */
    private static String storable(String json) {
        return json.replace("\\u0000", "\\ufffd");
    }

    private Ownership current(Connection connection) throws SQLException {
        var rows = Sql.list(
                connection, PostgresOwnership::ownership, "select * from cycle.ownership where service = ?", service);
        return rows.isEmpty() ? Ownership.initial(Instant.EPOCH) : rows.getFirst();
    }

    @Override
    public Appended suspect(JournalEntry entry) {
        try {
            return database.transaction(connection -> {
                var stored = Sql.list(
                        connection,
                        row -> row.getLong(1),
                        """
                        insert into cycle.journal (service, idempotency_key, operation, key_space, key_id, base_version,
                                                   payload, actor, office, at, state, epoch, suspected)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, 'SUSPECT', ?, true)
                        on conflict (service, idempotency_key) do nothing returning number""",
                        service,
                        entry.idempotencyKey(),
                        entry.operation(),
                        entry.key().space(),
                        entry.key().id(),
                        entry.baseVersion(),
                        storable(entry.payload()),
                        entry.actor(),
                        entry.office(),
                        entry.at(),
                        entry.epoch());
                return stored.isEmpty() ? duplicate(connection, entry) : new Appended.Stored(stored.getFirst());
            });
        } catch (SQLException failed) {
            return new Appended.Unavailable(String.valueOf(failed.getMessage()));
        }
    }

    private Appended duplicate(Connection connection, JournalEntry entry) throws SQLException {
        return new Appended.Duplicate(Sql.one(
                connection,
                row -> row.getLong(1),
                "select number from cycle.journal where service = ? and idempotency_key = ?",
                service,
                entry.idempotencyKey()));
    }

    /** Holds a session's lock as long as the reconciler of this gateway is at it; another gateway's finds nothing due. */
    @Override
    public List<JournalEntry> due(int limit) throws StoreUnavailable {
        try {
            var connection = lockedConnection();
            return connection == null ? List.of() : Sql.list(connection, PostgresJournal::entry, DUE, service, limit);
        } catch (SQLException failed) {
            stopWork();
            throw Sql.unavailable(failed);
        }
    }

    private @Nullable Connection lockedConnection() throws SQLException {
        if (atWork == null) {
            var connection = database.connection();
            atWork = connection;
            boolean alone = Sql.one(
                    connection,
                    row -> row.getBoolean(1),
                    "select pg_try_advisory_lock(cycle.fence(? || '.reconciler'))",
                    service);
            if (!alone) {
                stopWork();
            }
        }
        return atWork;
    }

    /** Lets another gateway's reconciler work. */
    public void stopWork() {
        var connection = atWork;
        atWork = null;
        if (connection != null) {
            try (connection) {
                Sql.list(connection, row -> 0, "select pg_advisory_unlock_all()");
            } catch (SQLException gone) {
                log.debug("the reconciler's connection is gone: {}", gone.getMessage());
            }
        }
    }

    @Override
    public boolean record(JournalEntry entry, EntryState next, String why) throws StoreUnavailable {
        return Sql.in(database, connection -> record(connection, entry.number(), entry.state(), next, why, ""));
    }

    static boolean record(
            Connection connection, long number, EntryState from, EntryState next, String why, String actor)
            throws SQLException {
        return Sql.list(
                                connection,
                                row -> 1,
                                """
                        with changed as (update cycle.journal set state = ?, why = ?, changed = now(),
                                                base_version = case when ? then ? else base_version end
                                         where number = ? and state = ? returning number)
                        insert into cycle.journal_step (number, state, why, actor)
                        select number, ?, ?, ? from changed returning number""",
                                next.name(),
                                why,
                                next == EntryState.DECIDED_APPLY,
                                JournalEntry.ANY_VERSION,
                                number,
                                from.name(),
                                next.name(),
                                why,
                                actor)
                        .size()
                == 1;
    }

    @Override
    public int missing(Set<String> idempotencyKeys) throws StoreUnavailable {
        return Sql.in(
                database,
                connection -> Sql.one(
                        connection, row -> row.getInt(1), """
                        select count(*) from unnest(?) promised(idempotency_key)
                        where not exists (select 1 from cycle.journal j
                                          where j.service = ? and j.idempotency_key = promised.idempotency_key)""", idempotencyKeys.toArray(String[]::new), service));
    }

    @Override
    public Backlog backlog() throws StoreUnavailable {
        return Sql.in(
                database,
                connection -> Sql.one(
                        connection,
                        row -> new Backlog(row.getInt(1), row.getInt(2), row.getInt(3)),
                        "select count(*) filter (where state in " + UNFINISHED + " and not " + HELD + "),"
                                + " count(*) filter (where state in " + UNFINISHED + " and " + HELD + "),"
                                + " count(*) filter (where state in " + WITH_A_PERSON + ")"
                                + " from cycle.journal j where service = ? and (state in " + UNFINISHED
                                + " or state in "
                                + WITH_A_PERSON + ")",
                        service));
    }

    static JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getLong("number"),
                row.getString("idempotency_key"),
                row.getString("operation"),
                new Key(row.getString("key_space"), row.getString("key_id")),
                row.getString("base_version"),
                row.getString("payload"),
                row.getString("actor"),
                row.getString("office"),
                Sql.instant(row, "at"),
                EntryState.valueOf(row.getString("state")),
                row.getLong("epoch"));
    }

    @Override
    public void close() {
        stopWork();
    }
}
