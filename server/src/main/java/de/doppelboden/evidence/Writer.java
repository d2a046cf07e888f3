package de.doppelboden.evidence;

import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: all that waits is stored by one statement and one flush, to the database or, while it is away, to the
 * file. Two threads: the writer, and the drainer that brings the file to the database and then lets the writer use it
 * again.
 */
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int QUEUE = 100_000;
    private static final int BATCH = 4_000;
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 500;

    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong refused = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Access access;
    private final PendingFile file;
    private final Thread writer;
    private final Thread drainer;
    private volatile boolean away;
    private @Nullable Connection connection;
    private String lastTrouble = "";

    private record Waiting(Entry entry, Ticket ticket) {}

    Writer(Access access, PendingFile file) throws IOException {
        this.access = access;
        this.file = file;
        this.away = !file.isEmpty();
        this.writer = Thread.ofPlatform().name("evidence-writer").daemon().start(this::write);
        this.drainer = Thread.ofPlatform().name("evidence-drainer").daemon().start(this::drain);
    }

    Ticket submit(Entry entry) {
        Ticket ticket = new Ticket();
        boolean open = stop.getCount() > 0;
        if (!open || !queue.offer(new Waiting(entry, ticket))) {
            refused.incrementAndGet();
            ticket.complete(new Accepted.Refused(open ? QUEUE + " entries wait to be stored" : "the log is closed"));
        }
        return ticket;
    }

    boolean away() {
        return away;
    }

    long refused() {
        return refused.get();
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>(BATCH);
        try {
            while (stop.getCount() > 0 || !queue.isEmpty()) {
                Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    store(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void store(List<Waiting> batch) {
        boolean stored = false;
        while (!stored) {
            stored = (!away && toDatabase(batch)) || toFileWhileAway(batch);
        }
    }

    private boolean toDatabase(List<Waiting> batch) {
        try {
            insert(batch.stream().map(Waiting::entry).toList());
            batch.forEach(w -> w.ticket().complete(new Accepted.InDatabase()));
            return true;
        } catch (SQLException e) {
            LOG.warn("The database takes no evidence, so it goes to a file: {}", e.getMessage());
            disconnect();
            away = true;
            return false;
        }
    }

    /**
     * Under the file's lock, so that nothing is appended between the drainer's last look and its word that all is
     * drained.
     */
    private boolean toFileWhileAway(List<Waiting> batch) {
        synchronized (file) {
            if (!away) {
                return false;
            }
            try {
                file.append(batch.stream().map(Waiting::entry).toList());
                batch.forEach(w -> w.ticket().complete(new Accepted.InFile()));
            } catch (IOException e) {
                LOG.error("Neither the database nor the file takes evidence", e);
                refused.addAndGet(batch.size());
                String reason = "neither the database nor the local file takes evidence: " + e.getMessage();
                batch.forEach(w -> w.ticket().complete(new Accepted.Refused(reason)));
            }
            return true;
        }
    }

    private void insert(List<Entry> entries) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = Database.connect(access, "evidence", ANSWER);
            open.setAutoCommit(false);
            connection = open;
        }
        EntryTable.insert(open, entries);
        open.commit();
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("closing a broken connection", e);
            }
        }
    }

    private void drain() {
        try {
            while (!stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (away) {
                    drainOnce();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Entries that a crash let us drain before are known by their id and not stored again. */
    private void drainOnce() {
        try (Connection drain = Database.connect(access, "evidence", ANSWER)) {
            drain.setAutoCommit(false);
            long end = 0;
            long entries = 0;
            do {
                PendingFile.Chunk chunk = file.read(end, BATCH);
                EntryTable.insert(drain, chunk.entries());
                drain.commit();
                entries += chunk.entries().size();
                end = chunk.end();
            } while (!back(end));
            LOG.info("The database takes evidence again; {} entries came from the file", entries);
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).equals(lastTrouble)) {
                lastTrouble = String.valueOf(e.getMessage());
                LOG.info("The database still takes no evidence: {}", lastTrouble);
            }
        } catch (IOException e) {
            LOG.error("The file with waiting evidence cannot be read", e);
        }
    }

    private boolean back(long end) throws IOException {
        synchronized (file) {
            boolean cleared = file.clear(end);
            away = !cleared;
            return cleared;
        }
    }

    /** Stores what waits, then ends. */
    @Override
    public void close() {
        stop.countDown();
        try {
            writer.join();
            drainer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
