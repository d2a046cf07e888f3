package de.doppelboden.supervisor;

import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.database.Durability;
import de.doppelboden.database.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that others run: waited for, asked whether it is durable, migrated, and from then on left alone. */
final class OthersDatabase implements ProductDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(OthersDatabase.class);
    private static final long RETRY_MILLIS = 2_000;
    private static final Duration MIGRATION = Duration.ofMinutes(10);

    private final Access access;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean ready;
    private volatile String trouble = "";

    OthersDatabase(Access access) {
        this.access = access;
    }

    @Override
    public void start() {
        Thread.ofPlatform().name("migrate").daemon().start(this::migrateWhenItAnswers);
    }

    @Override
    public boolean isNew() {
        return false;
    }

    private void migrateWhenItAnswers() {
        try {
            do {
                ready = migrated();
            } while (!ready && !stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean migrated() {
        try (Connection first = Database.connect(access, "migrate", Duration.ofSeconds(10));
                Database database = Database.open(access, "migrate", 2, MIGRATION)) {
            Durability.check(first);
            Migrations.migrate(database.dataSource(), Migrations.SCHEMAS);
            trouble = "";
            return true;
        } catch (SQLException | RuntimeException e) {
            String now = String.valueOf(e.getMessage());
            if (!now.equals(trouble)) {
                LOG.warn("The database ({}): {}", access, now);
            }
            trouble = now;
            return false;
        }
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void stop() {
        stop.countDown();
    }
}
