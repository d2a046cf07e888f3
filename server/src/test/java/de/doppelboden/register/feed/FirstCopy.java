package de.doppelboden.register.feed;

import de.doppelboden.continuity.feed.FeedChange;
import de.doppelboden.database.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Fills a copy once, for tests of what reads it. */
public final class FirstCopy {

    private FirstCopy() {}

    public static PrimaryDatabase of(Database database) throws SQLException, IOException {
        var primary = new PrimaryDatabase();
        read(database, primary);
        return primary;
    }

    /** One more pass of the feed. */
    public static void read(Database database, PrimaryDatabase primary) throws SQLException, IOException {
        try (var feed = new FeedPass(
                primary.settings(),
                database.dataSource(),
                InstantSource.system(),
                new LetsAllPass(),
                keys -> Map.of())) {
            feed.run();
        }
    }

    private static final class LetsAllPass implements MassChangeGuard {
        @Override
        public Optional<String> apply(FeedChange change) {
            return Optional.empty();
        }

        @Override
        public void accept(String actor) {}
    }
}
