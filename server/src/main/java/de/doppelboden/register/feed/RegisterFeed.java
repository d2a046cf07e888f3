package de.doppelboden.register.feed;

import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.Percent;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.continuity.GuardSettings;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.feed.FeedGuard;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import de.doppelboden.cycle.Proofs;
import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.Database;
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
    private static final Duration WINDOW = Duration.ofHours(1);

    private final FeedSettings settings;
    private final DataSource database;
    private final InstantSource clock;
    private final FeedPass pass;
    private final BlockPath blocks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread changesThread;
    private final Thread blocksThread;

    RegisterFeed(
            FeedSettings settings,
            DataSource database,
            InstantSource clock,
            MassChangeGuard guard,
            JournalStates journal) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.pass = new FeedPass(settings, database, clock, guard, journal);
        this.blocks = new BlockPath(settings, database, clock);
        this.changesThread = Thread.ofVirtual()
                .name("register-feed")
                .unstarted(() -> loop("changes", settings.interval(), pass::run, pass));
        this.blocksThread = Thread.ofVirtual()
                .name("register-feed-blocks")
                .unstarted(() -> loop("blocks", settings.blockInterval(), blocks::pass, blocks));
    }

    /** The feed of a register, as configured; reads the password's file once. */
    public static RegisterFeed of(ServiceSettings service, Database database, InstantSource clock) throws IOException {
        if (!(service.kind() instanceof RegisterSettings register)) {
            throw new IllegalArgumentException(service.id() + " is no register");
        }
        var feed = register.feed();
        var mass = feed.massChange();
        var settings = new GuardSettings(
                permille(mass.deletions()), permille(mass.moves()), permille(mass.emptied()), mass.least(), WINDOW);
        var proofs = new Proofs(database, service.id());
        var guard = new ContinuityGuard(new FeedGuard(settings, Time.of(clock, System::nanoTime)), () -> {
            try {
                return proofs.permit();
            } catch (StoreUnavailable e) {
                throw new IllegalStateException("whether a change is permitted cannot be read", e);
            }
        });
        var password = DataFolder.readSecret(feed.passwordFile());
        var worklist = new Worklist(database, service.id());
        return new RegisterFeed(FeedSettings.of(feed, password), database.dataSource(), clock, guard, worklist::states);
    }

    private static int permille(Percent percent) {
        return (int) Math.round(percent.share() * 1000);
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
