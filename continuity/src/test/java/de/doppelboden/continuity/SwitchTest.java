package de.doppelboden.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SwitchTest {

    private static final Operation READ = operation("GET /", true, Policy.SAFE, true);
    private static final Operation WRITE = operation("POST /", false, Policy.SAFE, true);

    private static Operation operation(String name, boolean read, Policy policy, boolean equivalent) {
        return new Operation(name, read, policy, Duration.ofMillis(500), equivalent, "all");
    }

    private static Switch users(KeyKind keys, Set<String> stalled, String hold) {
        var route = new Route(
                State.NORMAL,
                Side.PRIMARY,
                new Ownership(1, Side.PRIMARY, Slice.NOBODY, Instant.EPOCH, "as ever"),
                Set.of(),
                Slice.NOBODY,
                !hold.isEmpty(),
                Set.of(),
                stalled,
                hold);
        return new Switch(keys, route, () -> Entitlement.NONE);
    }

    @Test
    void aWriteThatEitherSideMayDoWaitsWhileThePrimaryAnswersNothing() {
        assertThat(users(KeyKind.FREE, Set.of("all"), "").undecided(WRITE)).isTrue();
        assertThat(users(KeyKind.FREE, Set.of(), "").undecided(WRITE)).isFalse();
        assertThat(users(KeyKind.FREE, Set.of("other"), "").undecided(WRITE)).isFalse();
    }

    @Test
    void nothingElseWaits() {
        var stalled = users(KeyKind.FREE, Set.of("all"), "");
        assertThat(stalled.undecided(READ)).as("is asked of both").isFalse();
        assertThat(stalled.undecided(operation("POST /", false, Policy.SAFE, false)))
                .as("not done alike by both")
                .isFalse();
        assertThat(stalled.undecided(operation("POST /", false, Policy.FORBIDDEN, true)))
                .as("not done by the standby")
                .isFalse();
        assertThat(users(KeyKind.ORDERED, Set.of("all"), "").undecided(WRITE))
                .as("belongs to one side")
                .isFalse();
        assertThat(users(KeyKind.FREE, Set.of("all"), "users are being moved").undecided(WRITE))
                .as("writes wait")
                .isFalse();
    }
}
