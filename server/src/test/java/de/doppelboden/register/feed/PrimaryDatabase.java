package de.doppelboden.register.feed;

import de.doppelboden.database.Access;
import de.doppelboden.database.EmbeddedPostgresFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A register's database as the feed finds it: 1,000 residents behind the view, and the trigger that counts changes. */
public final class PrimaryDatabase {

    private final Access access = EmbeddedPostgresFixture.freshDatabase();

    public PrimaryDatabase() throws SQLException, IOException {
        try (var in = PrimaryDatabase.class.getResourceAsStream("/de/doppelboden/register/feed/primary.sql")) {
            execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public FeedSettings settings() {
        return new FeedSettings(
                access.url(),
                access.user(),
                access.password(),
                Duration.ofMillis(100),
                Duration.ofMillis(50),
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMinutes(2),
                Duration.ofHours(24));
    }

    public Connection connection() throws SQLException {
        return DriverManager.getConnection(access.url(), access.user(), access.password());
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
