package de.doppelboden.evidence;

import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links committed entries to the chain, in the order of their numbers. Every process runs one; a lock in the database
 * lets one of them work, and another takes over when it dies. Runs on its own thread.
 */
final class Sequencer implements AutoCloseable {

    static final long SEQUENCING = 0x446f_7070_6c32L;

    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int BATCH = 5_000;
    private static final long PAUSE_MILLIS = 200;
    private static final int PAUSES_BETWEEN_ANCHORS = 50;
    private static final String LATEST =
            "select position, entry, hash from evidence.link order by position desc limit 1";

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Access access;
    private final List<Anchor> anchors;
    private final Thread thread;
    private Head anchored = Head.NONE;
    private int sinceAnchor;

    /** The last link. */
    private record Last(long position, long entry, byte[] hash) {}

    Sequencer(Access access, List<Anchor> anchors) {
        this.access = access;
        this.anchors = List.copyOf(anchors);
        this.thread = Thread.ofPlatform().name("evidence-sequencer").daemon().start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                try (Connection connection = Database.connect(access, "sequencer", Duration.ofSeconds(30))) {
                    serve(connection);
                } catch (SQLException e) {
                    LOG.debug("the database is away, nothing is chained", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Connection connection) throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        boolean ours = false;
        do {
            ours = ours || lock(connection);
            if (ours) {
                work(connection);
            }
            connection.commit();
        } while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        if (ours) {
            work(connection);
            anchor(connection, true);
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + SEQUENCING + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void work(Connection connection) throws SQLException {
        boolean idle = linkAll(connection) == 0;
        sinceAnchor++;
        anchor(connection, idle || sinceAnchor >= PAUSES_BETWEEN_ANCHORS);
    }

    /** Links all entries that are committed now; how many there were. */
    static int linkAll(Connection connection) throws SQLException {
        long until = committed(connection);
        int all = 0;
        int linked;
        do {
            linked = linkSome(connection, until);
            connection.commit();
            all += linked;
        } while (linked == BATCH);
        return all;
    }

    /** The greatest number of an entry, at a moment at which no transaction is adding entries. */
    private static long committed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '300ms'");
            statement.execute("select pg_advisory_xact_lock(" + EntryTable.APPENDING + ")");
            long number;
            try (ResultSet row = statement.executeQuery("select coalesce(max(number), 0) from evidence.entry")) {
                row.next();
                number = row.getLong(1);
            }
            connection.commit();
            return number;
        }
    }

    private static int linkSome(Connection connection, long until) throws SQLException {
        Last last = last(connection);
        Long[] positions = new Long[BATCH];
        Long[] entries = new Long[BATCH];
        byte[][] hashes = new byte[BATCH][];
        int count = 0;
        try (PreparedStatement select = connection.prepareStatement("select " + Chain.COLUMNS
                + " from evidence.entry e where number > ? and number <= ? order by number limit " + BATCH)) {
            select.setLong(1, last.entry());
            select.setLong(2, until);
            Chain chain = new Chain();
            byte[] previous = last.hash();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions[count] = last.position() + count + 1;
                    entries[count] = rows.getLong(1);
                    previous = chain.hash(previous, positions[count], rows, 1);
                    hashes[count++] = previous;
                }
            }
        }
        if (count > 0) {
            insert(connection, positions, entries, hashes, count);
        }
        return count;
    }

    private static void insert(Connection connection, Long[] positions, Long[] entries, byte[][] hashes, int count)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into evidence.link select * from unnest(?::bigint[], ?::bigint[], ?::bytea[])")) {
            insert.setArray(1, connection.createArrayOf("bigint", Arrays.copyOf(positions, count)));
            insert.setArray(2, connection.createArrayOf("bigint", Arrays.copyOf(entries, count)));
            insert.setArray(3, connection.createArrayOf("bytea", Arrays.copyOf(hashes, count)));
            insert.executeUpdate();
        }
    }

    private static Last last(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LATEST)) {
            return row.next() ? new Last(row.getLong(1), row.getLong(2), row.getBytes(3)) : new Last(0, 0, Chain.START);
        }
    }

    static Head head(Connection connection) throws SQLException {
        Last last = last(connection);
        return new Head(last.position(), HexFormat.of().formatHex(last.hash()));
    }

    private void anchor(Connection connection, boolean due) throws SQLException {
        if (!due) {
            return;
        }
        Head head = head(connection);
        if (head.equals(anchored) || head.position() == 0) {
            return;
        }
        for (Anchor anchor : anchors) {
            try {
                anchor.keep(head);
            } catch (IOException e) {
                LOG.warn("An anchor of the evidence log was not kept: {}", e.getMessage());
            }
        }
        anchored = head;
        sinceAnchor = 0;
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
