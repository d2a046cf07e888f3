package de.doppelboden.evidence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;

/** Writes entries to their table. */
final class EntryTable {

    /** Held, shared, by each transaction that adds entries; alone, for a moment, by the sequencer. */
    static final long APPENDING = 0x446f_7070_6c31L;

    private static final String INSERT = """
        insert into evidence.entry (id, at, process, service, kind, text, detail, person)
        select id, at::timestamptz, process, service, kind, text, detail::json, person
        from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[])
            with ordinality as e(id, at, process, service, kind, text, detail, person, place)
        order by place
        on conflict (id) do nothing
        """;

    private EntryTable() {}

    /** Adds the entries in the connection's transaction; those that are there already stay as they are. */
    static void insert(Connection connection, List<Entry> entries) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("select pg_advisory_xact_lock_shared(" + APPENDING + ")");
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, array(connection, "uuid", entries, Entry::id));
            insert.setArray(2, array(connection, "text", entries, e -> e.at().toString()));
            insert.setArray(3, array(connection, "text", entries, Entry::process));
            insert.setArray(4, array(connection, "text", entries, e -> e.note().service()));
            insert.setArray(5, array(connection, "text", entries, e -> e.note().kind()));
            insert.setArray(6, array(connection, "text", entries, e -> e.note().text()));
            insert.setArray(
                    7, array(connection, "text", entries, e -> e.note().detail().orElse(null)));
            insert.setArray(
                    8, array(connection, "uuid", entries, e -> e.note().person().orElse(null)));
            insert.executeUpdate();
        }
    }

    private static Array array(
            Connection connection,
            String type,
            List<Entry> entries,
            Function<Entry, @org.jspecify.annotations.Nullable Object> field)
            throws SQLException {
        return connection.createArrayOf(type, entries.stream().map(field).toArray());
    }
}
