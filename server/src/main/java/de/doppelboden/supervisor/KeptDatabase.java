package de.doppelboden.supervisor;

import de.doppelboden.database.Database;
import de.doppelboden.database.EmbeddedPostgres;
import de.doppelboden.database.EmbeddedSettings;
import de.doppelboden.database.Migrations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded database, kept running on a thread of its own and migrated when it first answers. */
final class KeptDatabase implements ProductDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(KeptDatabase.class);
    private static final long LOOK_MILLIS = 60_000;

    private final EmbeddedSettings settings;
    private final SecureRandom random;
    private final Pause pause;
    private final LongSupplier nanos;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable EmbeddedPostgres server;
    private volatile String trouble = "";
    private @Nullable Thread thread;

    KeptDatabase(EmbeddedSettings settings, SecureRandom random, Duration longestPause, LongSupplier nanos) {
        this.settings = settings;
        this.random = random;
        this.pause = new Pause(longestPause);
        this.nanos = nanos;
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("keep-postgresql").daemon().start(this::keep);
    }

    @Override
    public boolean isNew() {
        return !EmbeddedPostgres.exists(settings);
    }

    private void keep() {
        try {
            while (stop.getCount() > 0) {
                long begun = nanos.getAsLong();
                run();
                if (stop.getCount() > 0) {
                    Duration wait = pause.after(Duration.ofNanos(nanos.getAsLong() - begun));
                    LOG.warn("The database server ended; it is started again in {} ms", wait.toMillis());
                    stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        try {
            if (!EmbeddedPostgres.exists(settings)) {
                prepare();
            }
            EmbeddedPostgres started = EmbeddedPostgres.start(settings, random);
            server = started;
            if (stop.getCount() == 0) {
                started.close();
                return;
            }
            migrateOnce(started);
            while (!started.awaitExit(LOOK_MILLIS)) {
                LOG.debug("the database server runs");
            }
        } catch (IOException | SQLException | RuntimeException e) {
            trouble = String.valueOf(e.getMessage());
            LOG.error("The database: {}", trouble);
            stopServer();
        }
    }

    /** A new cluster gets its tables where nobody looks yet, on a port that nobody knows. */
    private void prepare() throws IOException, SQLException {
        try (EmbeddedPostgres hidden = EmbeddedPostgres.start(settings.withPort(unusedPort()), random)) {
            migrate(hidden);
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void migrateOnce(EmbeddedPostgres started) throws IOException, SQLException {
        if (ready.getCount() > 0) {
            migrate(started);
            trouble = "";
            ready.countDown();
        }
    }

    private static void migrate(EmbeddedPostgres started) throws IOException, SQLException {
        try (Database database = Database.open(started.access(), "migrate", 2, Duration.ofMinutes(10))) {
            Migrations.migrate(database.dataSource(), Migrations.SCHEMAS);
        }
    }

    @Override
    public boolean ready() {
        EmbeddedPostgres running = server;
        return ready.getCount() == 0 && running != null && running.isAlive();
    }

    @Override
    public String trouble() {
        return trouble;
    }

    private void stopServer() {
        EmbeddedPostgres running = server;
        if (running != null) {
            running.close();
        }
    }

    /** Stops it fast; what is committed stays. */
    @Override
    public void stop() throws InterruptedException {
        stop.countDown();
        stopServer();
        Thread keeper = thread;
        if (keeper != null) {
            keeper.join(TimeUnit.SECONDS.toMillis(30));
        }
    }
}
