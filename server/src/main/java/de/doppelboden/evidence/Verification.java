package de.doppelboden.evidence;

import de.doppelboden.evidence.Verified.Broken;
import de.doppelboden.evidence.Verified.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks the whole chain, row by row, and stops at the first row that is not as it was written. */
final class Verification {

    private static final int FETCH = 5_000;
    private static final String WALK = "select l.position, l.entry, l.hash, " + Chain.COLUMNS
            + " from evidence.link l left join evidence.entry e on e.number = l.entry order by l.position";
    private static final int ENTRY_COLUMN = 4;

    private final Connection connection;
    private final Map<Long, String> anchors = new HashMap<>();
    private final Chain chain = new Chain();
    private long position;
    private long entry;
    private byte[] hash = Chain.START;
    private long agreed;

    private Verification(Connection connection, List<Head> anchors) {
        this.connection = connection;
        anchors.forEach(head -> this.anchors.put(head.position(), head.hash()));
    }

    /**
     * Verifies in a transaction of its own.
     *
     * @param anchors heads that were kept outside; of two for one position the later counts
     */
    static Verified run(Connection connection, List<Head> anchors) throws SQLException {
        boolean auto = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new Verification(connection, anchors).run();
        } finally {
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(auto);
        }
    }

    private Verified run() throws SQLException {
        Optional<Broken> broken = walk();
        if (broken.isEmpty()) {
            broken = unlinked();
        }
        if (broken.isEmpty()) {
            broken = cutOff();
        }
        if (broken.isPresent()) {
            return broken.get();
        }
        return new Verified.Intact(
                position, count("number > " + entry), new Head(position, hex(hash)), Math.toIntExact(agreed));
    }

    private Optional<Broken> walk() throws SQLException {
        try (PreparedStatement walk = connection.prepareStatement(WALK)) {
            walk.setFetchSize(FETCH);
            try (ResultSet rows = walk.executeQuery()) {
                while (rows.next()) {
                    Optional<Broken> broken = step(rows);
                    if (broken.isPresent()) {
                        return broken;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Broken> step(ResultSet row) throws SQLException {
        long at = row.getLong(1);
        long number = row.getLong(2);
        byte[] stored = row.getBytes(3);
        if (at != position + 1) {
            return broken(
                    Kind.REMOVED, position + 1, 0, "is gone; it stood between the entries " + entry + " and " + number);
        }
        row.getLong(ENTRY_COLUMN);
        if (row.wasNull()) {
            return broken(Kind.REMOVED, at, number, "is gone");
        }
        byte[] computed = chain.hash(hash, at, row, ENTRY_COLUMN);
        if (!Arrays.equals(computed, stored)) {
            return mismatch(row, at, number, stored);
        }
        position = at;
        entry = number;
        hash = stored;
        return disagreement();
    }

    /** Tells a changed row from rows that were moved to close or to make a gap, by what fits one place on. */
    private Optional<Broken> mismatch(ResultSet row, long at, long number, byte[] stored) throws SQLException {
        if (row.next() && fits(stored, at + 2, row)) {
            return broken(
                    Kind.REMOVED,
                    at,
                    0,
                    "is gone, and the rows after it were moved up; next to it stands the entry " + number);
        }
        return broken(Kind.CHANGED, at, number, "is not as it was written");
    }

    private boolean fits(byte[] previous, long at, ResultSet row) throws SQLException {
        row.getLong(ENTRY_COLUMN);
        return !row.wasNull() && Arrays.equals(chain.hash(previous, at, row, ENTRY_COLUMN), row.getBytes(3));
    }

    private Optional<Broken> disagreement() {
        String anchor = anchors.get(position);
        if (anchor == null) {
            return Optional.empty();
        }
        if (anchor.equals(hex(hash))) {
            agreed++;
            return Optional.empty();
        }
        return broken(
                Kind.REWRITTEN,
                position,
                entry,
                "does not fit to the anchor kept for it: the chain up to it was made anew");
    }

    /** An entry without a link before the end of the chain was put there past the log. */
    private Optional<Broken> unlinked() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select number from evidence.entry e where number < ? and not exists (select from evidence.link l"
                        + " where l.entry = e.number) order by number limit 1")) {
            query.setLong(1, entry);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? broken(Kind.INSERTED, position, row.getLong(1), "was put in past the log; it is in no link")
                        : Optional.empty();
            }
        }
    }

    private Optional<Broken> cutOff() {
        long last = anchors.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        return last > position
                ? broken(
                        Kind.CUT_OFF,
                        position + 1,
                        0,
                        "and all after it are gone: an anchor was kept for position " + last
                                + ", and the last entry there is has the number " + entry)
                : Optional.empty();
    }

    private long count(String condition) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select count(*) from evidence.entry where " + condition);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Optional<Broken> broken(Kind kind, long position, long entry, String what) {
        String which = entry == 0 ? "The entry" : "The entry " + entry;
        return Optional.of(new Broken(kind, position, entry, which + " at position " + position + " " + what));
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
