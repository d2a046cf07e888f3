package de.doppelboden.identity;

import static de.doppelboden.identity.RememberedLogins.Check.KNOWN;
import static de.doppelboden.identity.RememberedLogins.Check.REFUSED;
import static de.doppelboden.identity.RememberedLogins.Check.THROTTLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.database.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RememberedLoginsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("identity");

    @TempDir
    Path keys;

    private final SetClock clock = new SetClock(Instant.parse("2026-11-24T10:00:00Z"));
    private Away database;
    private RememberedLogins gateway;
    private RememberedLogins counter;

    @BeforeEach
    void begin() throws Exception {
        database = new Away(DATABASE.database().dataSource());
        new Rows(database).update("truncate identity.remembered");
        gateway = process();
        counter = process();
    }

    @AfterEach
    void end() {
        gateway.close();
        counter.close();
    }

    @Test
    void whoWasAcceptedByThePrimaryIsKnownAtTheStandbyWithTheSamePasswordOnly() {
        gateway.verified("Demir", "geheim");
        awaitKnown("demir");

        assertThat(counter.check("demir", "geheim", "10.0.0.1")).isEqualTo(KNOWN);
        assertThat(counter.check("demir", "Geheim", "10.0.0.1")).isEqualTo(REFUSED);
        assertThat(counter.check("demir", "", "10.0.0.1")).isEqualTo(REFUSED);
        assertThat(counter.check("falk", "geheim", "10.0.0.1")).isEqualTo(REFUSED);
    }

    @Test
    void sheIsStillKnownWhenTheDatabaseIsGone() {
        gateway.verified("demir", "geheim");
        awaitKnown("demir");

        database.go();

        assertThat(counter.check("demir", "geheim", "10.0.0.1")).isEqualTo(KNOWN);
    }

    @Test
    void whatIsSeenWhileTheDatabaseIsAwayIsStoredAfterwards() {
        database.go();
        gateway.verified("demir", "geheim");
        await().until(() -> gateway.size() == 1);

        database.comeBack();

        awaitKnown("demir");
        assertThat(counter.check("demir", "geheim", "10.0.0.1")).isEqualTo(KNOWN);
    }

    @Test
    void whatIsBeingStoredWhenTheProcessEndsIsStored() throws Exception {
        gateway.verified("demir", "geheim");
        gateway.verified("falk", "anderes");
        gateway.close();

        counter.refresh();

        assertThat(counter.size()).isEqualTo(2);
    }

    @Test
    void whoAsksIsNotKeptWaitingBehindAMorningsLogIns() throws Exception {
        for (int i = 0; i < 100; i++) {
            gateway.verified("clerk-" + i, "geheim");
        }
        gateway.verified("demir", "alt");
        gateway.refused("demir", "alt");
        gateway.verified("demir", "neu");

        gateway.hurry("Demir");
        counter.refresh();

        assertThat(counter.size()).as("all others wait as before").isLessThan(100);
        assertThat(counter.check("demir", "neu", "10.0.0.1")).isEqualTo(KNOWN);
        assertThat(counter.check("demir", "alt", "10.0.0.1")).isEqualTo(REFUSED);
    }

    @Test
    void aTypoOfAColleagueForgetsNothing() {
        gateway.verified("demir", "geheim");
        awaitKnown("demir");

        gateway.refused("demir", "gehiem");
        gateway.verified("falk", "anderes");
        awaitKnown("falk");

        assertThat(counter.check("demir", "geheim", "10.0.0.1")).isEqualTo(KNOWN);
    }

    @Test
    void aPasswordThatThePrimaryNoLongerTakesIsForgotten() {
        gateway.verified("demir", "geheim");
        awaitKnown("demir");

        gateway.refused("demir", "geheim");

        await().untilAsserted(() -> {
            gateway.refresh();
            counter.refresh();
            assertThat(counter.size()).isZero();
        });
        assertThat(counter.check("demir", "geheim", "10.0.0.1")).isEqualTo(REFUSED);
    }

    @Test
    void aNewPasswordReplacesTheOldOne() {
        gateway.verified("demir", "alt");
        awaitKnown("demir");
        gateway.verified("demir", "neu");

        await().untilAsserted(() -> {
            counter.refresh();
            assertThat(counter.check("demir", "neu", "10.0.0.1")).isEqualTo(KNOWN);
            clock.forward(Duration.ofMinutes(15));
        });
        assertThat(counter.check("demir", "alt", "10.0.0.1")).isEqualTo(REFUSED);
    }

    @Test
    void afterNinetyDaysSheIsForgotten() throws Exception {
        gateway.verified("demir", "geheim");
        awaitKnown("demir");

        clock.forward(Duration.ofDays(90));

        assertThat(counter.check("demir", "geheim", "10.0.0.1")).isEqualTo(REFUSED);
        counter.refresh();
        assertThat(counter.size()).isZero();
    }

    @Test
    void guessingIsStopped() {
        gateway.verified("demir", "geheim");
        awaitKnown("demir");
        for (int i = 0; i < 5; i++) {
            assertThat(counter.check("demir", "falsch" + i, "10.0.0.1")).isEqualTo(REFUSED);
        }

        assertThat(counter.check("demir", "geheim", "10.0.0.1")).isEqualTo(THROTTLED);
        assertThat(counter.check("demir", "geheim", "10.0.0.2")).isEqualTo(KNOWN);
    }

    @Test
    void anUnknownNameTakesAsLongAsAKnownOne() {
        gateway.verified("demir", "geheim");
        awaitKnown("demir");
        long known = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            known = Math.min(known, nanos("demir", "10.1.0." + i));
            unknown = Math.min(unknown, nanos("niemand", "10.2.0." + i));
        }

        assertThat((double) unknown / known).isBetween(0.4, 2.5);
    }

    private long nanos(String login, String address) {
        long begun = System.nanoTime();
        assertThat(counter.check(login, "falsch", address)).isEqualTo(REFUSED);
        return System.nanoTime() - begun;
    }

    private void awaitKnown(String login) {
        await().untilAsserted(() -> {
            gateway.refresh();
            counter.refresh();
            assertThat(new Rows(DATABASE.database().dataSource())
                            .query(row -> row.getString(1), "select login from identity.remembered"))
                    .contains(login);
            assertThat(counter.size()).isPositive();
        });
        try {
            counter.refresh();
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private RememberedLogins process() throws Exception {
        return Identity.open(database, keys, clock).remembered("register", Duration.ofDays(90));
    }
}
