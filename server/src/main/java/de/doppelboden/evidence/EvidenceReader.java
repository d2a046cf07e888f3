package de.doppelboden.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads the log: finds entries, tells the head, verifies the chain. */
public final class EvidenceReader {

    private static final String FIND = """
        select e.number, e.id, e.at, e.process, e.service, e.kind, e.text, e.detail::text, e.person, l.position, p.label
        from evidence.entry e
        left join evidence.link l on l.entry = e.number
        left join evidence.person p on p.id = e.person
        where e.number < ?\
        """;

    private final DataSource database;

    public EvidenceReader(DataSource database) {
        this.database = database;
    }

    /** The newest entries that fit, newest first. */
    public List<Found> find(Query query) throws SQLException {
        StringBuilder sql = new StringBuilder(FIND);
        List<Object> values = new ArrayList<>();
        values.add(query.before());
        query.service().ifPresent(service -> and(sql, " and e.service = ?", values, service));
        query.kind().ifPresent(kind -> {
            and(sql, " and (e.kind = ?", values, kind);
            and(sql, " or e.kind like ?)", values, escaped(kind) + ".%");
        });
        query.text().ifPresent(text -> and(sql, " and e.text ilike ?", values, "%" + escaped(text) + "%"));
        query.from().ifPresent(from -> and(sql, " and e.at >= ?", values, from.atOffset(ZoneOffset.UTC)));
        query.until().ifPresent(until -> and(sql, " and e.at < ?", values, until.atOffset(ZoneOffset.UTC)));
        and(sql, " order by e.number desc limit ?", values, query.limit());
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            return read(select);
        }
    }

    /** The end of the chain now. */
    public Head head() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Sequencer.head(connection);
        }
    }

    /**
     * Walks the whole chain.
     *
     * @param folder of the log, with its file of anchors
     * @param more anchors that were kept elsewhere
     */
    public Verified verify(Path folder, List<Head> more) throws SQLException, IOException {
        List<Head> anchors = new ArrayList<>(AnchorFile.read(EvidenceLog.anchorFile(folder)));
        anchors.addAll(more);
        try (Connection connection = database.getConnection()) {
            return Verification.run(connection, anchors);
        }
    }

    private static void and(StringBuilder sql, String condition, List<Object> values, Object value) {
        sql.append(condition);
        values.add(value);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static List<Found> read(PreparedStatement select) throws SQLException {
        List<Found> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Instant at = row.getObject(3, OffsetDateTime.class).toInstant();
                Note note = new Note(
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        Optional.ofNullable(row.getString(8)),
                        Optional.ofNullable(row.getObject(9, UUID.class)));
                Entry entry = new Entry(row.getObject(2, UUID.class), at, row.getString(4), note);
                long position = row.getLong(10);
                found.add(new Found(
                        row.getLong(1),
                        entry,
                        row.wasNull() ? Optional.empty() : Optional.of(position),
                        Optional.ofNullable(row.getString(11))));
            }
        }
        return List.copyOf(found);
    }
}
