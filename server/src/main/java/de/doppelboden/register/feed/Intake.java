package de.doppelboden.register.feed;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Takes rows of the primary into the copy, inside the caller's transaction: first beside it, where they are counted and
 * judged, then into it. What the standby added itself (provisional blocks, receipts) stays untouched.
 */
final class Intake {

    private static final List<String> ALL = Stream.concat(
                    PrimaryView.COLUMNS.stream(), PrimaryView.SEARCH_COLUMNS.stream())
            .toList();
    private static final String ALL_COLUMNS = String.join(", ", ALL);
    private static final List<String> ADDRESS = List.of("strasse", "hausnummer", "zusatz", "plz", "ort");
    private static final List<String> NEVER_EMPTY = List.of(
            "familienname", "vornamen", "geburtsdatum", "geschlecht", "staatsangehoerigkeit", "strasse", "plz", "ort");

    private static final String DIFFERS =
            "(" + PrimaryView.columns("r") + ") is distinct from (" + PrimaryView.columns("i") + ")";

    private static final String COUNT = "select count(*) filter (where r.om is null),"
            + " count(*) filter (where r.om is not null and " + DIFFERS + "),"
            + " count(*) filter (where r.om is not null and (" + columns(ADDRESS, "r") + ") is distinct from ("
            + columns(ADDRESS, "i") + ")),"
            + " count(*) filter (where r.om is not null and (" + emptied() + "))"
            + " from incoming i left join register.resident r on r.om = i.om";

    private static final String KEEP_HISTORY = "insert into register.resident_history (replaced_at, om, before)"
            + " select ?, i.om, to_jsonb(r) from incoming i left join register.resident r on r.om = i.om"
            + " where r.om is null or " + DIFFERS;

    private static final String FORGET_NAMES = "delete from register.resident_name n using incoming i"
            + " left join register.resident r on r.om = i.om"
            + " where n.om = i.om and (r.familienname_suche, r.geburtsname_suche, r.fruehere_suche, r.vornamen_suche,"
            + " r.geburtsdatum) is distinct from (i.familienname_suche, i.geburtsname_suche, i.fruehere_suche,"
            + " i.vornamen_suche, i.geburtsdatum)";

    private static final String UPSERT = "insert into register.resident as r (" + ALL_COLUMNS + ") select "
            + ALL_COLUMNS + " from incoming on conflict (om) do update set "
            + ALL.stream()
                    .filter(column -> !column.equals("om"))
                    .map(column -> column + " = excluded." + column)
                    .collect(Collectors.joining(", "))
                    .replace(
                            "auskunftssperre = excluded.auskunftssperre",
                            "auskunftssperre = excluded.auskunftssperre or coalesce(r.sperre_stand, 0) > excluded.stand")
            + ", sperre_stand = case when r.sperre_stand > excluded.stand then r.sperre_stand end where "
            + DIFFERS.replace("i.", "excluded.");

    private static final String ADD_NAMES =
            "insert into register.resident_name (part, kind, word, whole, given, born, om)"
                    + " select n.part, n.kind, n.word, n.whole, i.vornamen_suche, i.geburtsdatum, i.om from incoming i"
                    + " cross join lateral register.name_parts(i.familienname_suche, i.geburtsname_suche, i.fruehere_suche) n"
                    + " where not exists (select 1 from register.resident_name k where k.om = i.om)";

    private final Connection connection;

    Intake(Connection connection) {
        this.connection = connection;
    }

    /** Makes sure that the table beside the copy exists. */
    void prepare() throws SQLException {
        execute("create temporary table if not exists incoming on commit delete rows as select " + ALL_COLUMNS
                + " from register.resident with no data");
    }

    /** Empties the table beside the copy before the end of the transaction. */
    void forget() throws SQLException {
        execute("delete from incoming");
    }

    /** Reads lines into the table beside the copy; they are gone at the end of the transaction. */
    long receive(byte[] first, PrimarySession.Rows rows) throws SQLException, IOException {
        prepare();
        var into = "copy incoming (" + ALL_COLUMNS + ") from stdin";
        try (var out = new PGCopyOutputStream(connection.unwrap(PGConnection.class), into, 1 << 16)) {
            return rows.drainTo(first, line -> out.write(CopyRow.withSearchForms(line)));
        }
    }

    /** What writing the received rows would do. */
    IntakeCount count() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(COUNT)) {
            row.next();
            return new IntakeCount(row.getLong(1), row.getLong(2), 0, row.getLong(3), row.getLong(4));
        }
    }

    /** Writes the received rows; what they replace is kept in the history. */
    void write(Instant now) throws SQLException {
        try (var history = connection.prepareStatement(KEEP_HISTORY)) {
            history.setObject(1, FeedStore.at(now));
            history.executeUpdate();
        }
        execute(FORGET_NAMES);
        execute(UPSERT);
        execute(ADD_NAMES);
    }

    /** Takes persons out of the copy that the primary no longer has. */
    void delete(Collection<String> oms, Instant now) throws SQLException {
        var array = connection.createArrayOf("text", oms.toArray());
        var history = "insert into register.resident_history (replaced_at, om, before)"
                + " select ?, om, to_jsonb(r) from register.resident r where om = any(?)";
        try (var keep = connection.prepareStatement(history)) {
            keep.setObject(1, FeedStore.at(now));
            keep.setArray(2, array);
            keep.executeUpdate();
        }
        for (var table : List.of("register.resident_name", "register.resident")) {
            try (var delete = connection.prepareStatement("delete from " + table + " where om = any(?)")) {
                delete.setArray(1, array);
                delete.executeUpdate();
            }
        }
    }

    /** Persons among the received rows whose record in the copy is different or missing. */
    List<String> differing() throws SQLException {
        return persons("select i.om from incoming i left join register.resident r on r.om = i.om where r.om is null or "
                + DIFFERS + " order by i.om");
    }

    List<String> received() throws SQLException {
        return persons("select om from incoming");
    }

    /** Those of the persons whom the copy has. */
    Set<String> present(Collection<String> oms) throws SQLException {
        try (var select = connection.prepareStatement("select om from register.resident where om = any(?)")) {
            select.setArray(1, connection.createArrayOf("text", oms.toArray()));
            try (var rows = select.executeQuery()) {
                return new HashSet<>(persons(rows));
            }
        }
    }

    private List<String> persons(String select) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            return persons(rows);
        }
    }

    private static List<String> persons(ResultSet rows) throws SQLException {
        var oms = new ArrayList<String>();
        while (rows.next()) {
            oms.add(rows.getString(1));
        }
        return oms;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String emptied() {
        return NEVER_EMPTY.stream()
                .map(column -> "coalesce(r." + column + ", '') <> '' and coalesce(i." + column + ", '') = ''")
                .collect(Collectors.joining(" or "));
    }

    private static String columns(List<String> names, String alias) {
        return names.stream().map(name -> alias + "." + name).collect(Collectors.joining(", "));
    }
}
