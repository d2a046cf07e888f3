package de.doppelboden.register.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.feed.FeedChange;
import de.doppelboden.database.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisterFeedTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("register");

    @Test
    void goesOnByItselfAfterThePrimaryWasAway() throws Exception {
        var primary = new PrimaryDatabase();
        var feed = new RegisterFeed(
                primary.settings(),
                DATABASE.database().dataSource(),
                InstantSource.system(),
                new LetsAllPass(),
                keys -> Map.of());
        try (feed) {
            feed.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> feed.status().residents() == 1000);
            primary.execute("update resident_of_primary set strasse = 'Eins' where om = '1001'");
            await().atMost(Duration.ofSeconds(5)).until(() -> street().equals("Eins"));

            primary.execute("alter view export.resident rename to gone");
            await().atMost(Duration.ofSeconds(5)).until(() -> feed.status().failingSince() != null);
            var staleAt = feed.status().asOf();
            primary.execute("update resident_of_primary set strasse = 'Zwei' where om = '1001'");
            assertThat(feed.status().failure()).contains("export.resident");

            primary.execute("alter view export.gone rename to resident");
            await().atMost(Duration.ofSeconds(5)).until(() -> street().equals("Zwei"));
            assertThat(feed.status().asOf()).isAfter(staleAt);
            assertThat(feed.status().failingSince()).isNull();
        }
    }

    private static String street() throws SQLException {
        try (var connection = DATABASE.database().connection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select strasse from register.resident where om = '1001'")) {
            rows.next();
            return rows.getString(1);
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
