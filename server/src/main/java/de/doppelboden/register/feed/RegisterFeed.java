package de.doppelboden.register.feed;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the copy current, on two threads of its own: one for all changes, one for new information blocks. When the primary
 * is away the lag grows, and reading goes on by itself when it is back.
 */
public final class RegisterFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegisterFeed.class);
    private static final Duration END = Duration.ofSeconds(5);

    private final FeedSettings settings;
    private final DataSource database;
    private final InstantSource clock;
    private final FeedPass pass;
    private final BlockPath blocks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread changesThread;
    private final Thread blocksThread;

    RegisterFeed(FeedSettings settings, DataSource database, InstantSource clock, MassChangeGuard guard) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.pass = new FeedPass(settings, database, clock, guard);
        this.blocks = new BlockPath(settings, database, clock);
        this.changesThread = Thread.ofVirtual()
                .name("register-feed")
                .unstarted(() -> loop("changes", settings.interval(), pass::run, pass));
        this.blocksThread = Thread.ofVirtual()
                .name("register-feed-blocks")
                .unstarted(() -> loop("blocks", settings.blockInterval(), blocks::pass, blocks));
    }

    public void start() {
        changesThread.start();
        blocksThread.start();
    }

    /** How current the copy is. */
    public FeedStatus status() throws SQLException {
        try (var connection = database.getConnection()) {
            return FeedStore.read(connection);
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            changesThread.join(END);
            blocksThread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(String what, Duration interval, Reading reading, AutoCloseable session) {
        boolean failing = false;
        try (session) {
            do {
                try {
                    reading.run();
                    if (failing) {
                        LOG.info("the feed reads {} again", what);
                    }
                    failing = false;
                } catch (SQLException | IOException e) {
                    if (!failing) {
                        LOG.warn("the feed cannot read {}: {}", what, e.getMessage());
                    }
                    failing = true;
                    remember(e);
                } catch (RuntimeException e) {
                    LOG.error("a pass of the feed ({}) broke", what, e);
                }
            } while (!ended.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.error("the feed of {} ended", what, e);
        }
    }

    private void remember(Exception failure) {
        try (var connection = database.getConnection()) {
            FeedStore.failed(connection, clock.instant(), String.valueOf(failure.getMessage()));
        } catch (SQLException e) {
            LOG.debug("the feed's failure could not be noted: {}", e.getMessage());
        }
    }

    /** One read. */
    private interface Reading {
        void run() throws SQLException, IOException;
    }
}
