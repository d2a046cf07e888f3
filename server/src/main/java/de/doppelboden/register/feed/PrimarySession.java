package de.doppelboden.register.feed;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** One connection to the primary's database: read-only, in one snapshot at a time, never waiting longer than told. */
final class PrimarySession implements AutoCloseable {

    private static final Executor ON_THE_TIMER = Runnable::run;
    private static final Duration LONGEST_READ = Duration.ofMinutes(30);

    private final Connection connection;

    private PrimarySession(Connection connection) {
        this.connection = connection;
    }

    static PrimarySession open(FeedSettings settings) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", seconds(settings.connectTimeout()));
        properties.setProperty("loginTimeout", seconds(settings.connectTimeout().plusSeconds(1)));
        properties.setProperty("socketTimeout", seconds(settings.readTimeout()));
        properties.setProperty("cancelSignalTimeout", "1");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("readOnly", "true");
        properties.setProperty("ApplicationName", "doppelboden-feed");
        var connection = DriverManager.getConnection(settings.url(), properties);
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new PrimarySession(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** For short reads: how long each may take in all; the server cancels it a little earlier. */
    void timeout(Duration timeout) throws SQLException {
        limit(timeout, Math.max(timeout.toMillis() - 200, 200));
    }

    /** For reads of everything: how long each wait for the next bytes may take. */
    void patience(Duration timeout) throws SQLException {
        limit(timeout, LONGEST_READ.toMillis());
    }

    private void limit(Duration wait, long statement) throws SQLException {
        connection.setNetworkTimeout(ON_THE_TIMER, Math.toIntExact(wait.toMillis()));
        try (var set = connection.createStatement()) {
            set.execute("set session statement_timeout = " + statement);
        }
        connection.commit();
    }

    /** Ends the old snapshot and takes a new one; the oldest transaction still open then is where the next read begins. */
    long snapshot() throws SQLException {
        connection.rollback();
        return number("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
    }

    long count() throws SQLException {
        return number("select count(*) from export.resident");
    }

    /** All rows, those of transactions from {@code cursor} on, or those of persons, as lines of COPY's text format. */
    Rows all() throws SQLException {
        return copy(PrimaryView.SELECT);
    }

    Rows changedSince(long cursor) throws SQLException {
        return copy(PrimaryView.SELECT + " where xid >= '" + cursor + "'::xid8");
    }

    Rows persons(Collection<String> oms) throws SQLException {
        return copy(PrimaryView.SELECT + " where om in (" + quoted(oms) + ")");
    }

    /** Persons blocked by transactions from {@code cursor} on, in the order of their numbers. */
    List<BlockPath.Block> blocksSince(long cursor) throws SQLException {
        var select = "select om, stand, sperre_grund, sperre_seit from export.resident"
                + " where auskunftssperre and xid >= '" + cursor + "'::xid8 order by om";
        var blocks = new ArrayList<BlockPath.Block>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            while (rows.next()) {
                blocks.add(new BlockPath.Block(
                        rows.getString(1), rows.getLong(2), rows.getString(3), rows.getObject(4, LocalDate.class)));
            }
        }
        return blocks;
    }

    Rows clerks() throws SQLException {
        return copy("select kennung, name, dienststelle, rollen, rechte, aktiv from export.clerk");
    }

    Buckets buckets() throws SQLException {
        return Buckets.of(connection, "export.resident");
    }

    RowHashes hashes(Collection<Integer> buckets) throws SQLException {
        return RowHashes.of(connection, "export.resident", buckets);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The primary is gone already; there is nothing left to close.
        }
    }

    private Rows copy(String select) throws SQLException {
        return new Rows(connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (" + select + ") to stdout"));
    }

    private long number(String select) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String quoted(Collection<String> oms) {
        return oms.stream().map(om -> "'" + om.replace("'", "''") + "'").collect(Collectors.joining(","));
    }

    private static String seconds(Duration duration) {
        return String.valueOf(Math.max(1, duration.toSeconds()));
    }

    /** Lines as they come; what is not read to the end is cancelled. */
    static final class Rows implements AutoCloseable {

        private final CopyOut copy;

        private Rows(CopyOut copy) {
            this.copy = copy;
        }

        /** The next line, or an empty array after the last. */
        byte[] next() throws SQLException {
            byte[] line = copy.readFromCopy();
            return line == null ? new byte[0] : line;
        }

        /** Hands each remaining line on, {@code first} before them. */
        long drainTo(byte[] first, Sink sink) throws SQLException, IOException {
            long count = 0;
            for (byte[] line = first; line.length > 0; line = next()) {
                sink.accept(line);
                count++;
            }
            return count;
        }

        @Override
        public void close() throws SQLException {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Takes one line. */
    interface Sink {
        void accept(byte[] line) throws SQLException, IOException;
    }
}
