package de.doppelboden.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("identity");

    @TempDir
    Path keys;

    private final SetClock clock = new SetClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final Person clerk = new Person("demir", "Aylin Demir", "Mitte", Set.of(Role.CLERK), false, true);
    private Away database;
    private Sessions sessions;

    @BeforeEach
    void begin() throws Exception {
        database = new Away(DATABASE.database().dataSource());
        new Rows(database).update("truncate identity.revocation, identity.expulsion");
        sessions = process("console");
    }

    @Test
    void aTokenIsTheSessionInEveryProcessWithoutADatabase() throws Exception {
        database.go();
        Session session = sessions.begin(clerk);
        String token = sessions.token(session);

        assertThat(sessions.session(token)).contains(session);
        assertThat(process("console").session(token)).contains(session);
        assertThat(process("counter/register").session(token))
                .as("another purpose")
                .isEmpty();
    }

    @Test
    void whoChangesHerPasswordStaysLoggedInThoughAllElseOfHersEnds() {
        Session elsewhere = sessions.begin(clerk);
        clock.forward(Duration.ofMillis(7).plusNanos(300_000));

        sessions.endAllOf("demir");
        Session here = sessions.begin(clerk);

        assertThat(sessions.session(sessions.token(elsewhere))).isEmpty();
        assertThat(sessions.session(sessions.token(here)))
                .as("a token keeps milliseconds only")
                .isPresent();
    }

    @Test
    void aSessionEndsWithoutUseAndLastsWithUse() {
        Session session = sessions.begin(clerk);

        clock.forward(Duration.ofHours(4));
        Session longer = sessions.prolonged(session).orElseThrow();
        clock.forward(Duration.ofHours(9));

        assertThat(sessions.session(sessions.token(session))).isEmpty();
        assertThat(sessions.session(sessions.token(longer))).isPresent();
        assertThat(sessions.prolonged(sessions.begin(clerk)))
                .as("a fresh one needs no new cookie")
                .isEmpty();
    }

    @Test
    void aSessionThatIsAlwaysUsedEndsAfterAWeek() {
        Session session = sessions.begin(clerk);
        for (int hours = 0; hours < 7 * 24; hours += 6) {
            clock.forward(Duration.ofHours(6));
            session = sessions.prolonged(session).orElseThrow();
        }

        assertThat(sessions.session(sessions.token(session))).isEmpty();
    }

    @Test
    void aChangedTokenIsNoToken() {
        String token = sessions.token(sessions.begin(clerk));

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(sessions.session(changed)).as("character %d", i).isEmpty();
        }
    }

    @Test
    void whoLoggedOutIsOutInOtherProcessesToo() throws Exception {
        Session session = sessions.begin(clerk);
        String token = sessions.token(session);
        Sessions other = process("console");

        sessions.end(session);
        assertThat(sessions.session(token)).isEmpty();
        sessions.refresh();
        other.refresh();

        assertThat(other.session(token)).isEmpty();
    }

    @Test
    void aLogOutWhileTheDatabaseIsAwayIsStoredWhenItIsBack() throws Exception {
        Session session = sessions.begin(clerk);
        database.go();
        sessions.end(session);

        database.comeBack();
        sessions.refresh();
        Sessions restarted = process("console");
        restarted.refresh();

        assertThat(restarted.session(sessions.token(session))).isEmpty();
    }

    @Test
    void whoIsExpelledLosesTheSessionsBegunBeforeAndNoLaterOne() throws Exception {
        String before = sessions.token(sessions.begin(clerk));
        clock.forward(Duration.ofSeconds(1));

        sessions.endAllOf("demir");
        String after = sessions.token(sessions.begin(clerk));
        sessions.refresh();
        Sessions other = process("console");
        other.refresh();

        assertThat(sessions.session(before)).isEmpty();
        assertThat(other.session(before)).isEmpty();
        assertThat(other.session(after)).isPresent();
    }

    private Sessions process(String purpose) throws Exception {
        return Identity.open(database, keys, clock).sessions(purpose, Duration.ofHours(12));
    }
}
