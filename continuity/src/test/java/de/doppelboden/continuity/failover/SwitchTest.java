package de.doppelboden.continuity.failover;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.ownership.Entitlement;
import de.doppelboden.continuity.ownership.Ownership;
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

    private static final long BUDGET = 500_000_000L;

    private static Switch users(KeyKind keys, Set<String> moved, Set<String> stalled, String hold) {
        var route = new Route(
                State.NORMAL,
                Side.PRIMARY,
                new Ownership(1, Side.PRIMARY, Slice.NOBODY, Instant.EPOCH, "as ever"),
                moved,
                Slice.NOBODY,
                !hold.isEmpty(),
                Set.of(),
                stalled,
                hold);
        return new Switch(keys, route, () -> new Entitlement(1, Long.MAX_VALUE, true));
    }

    private static Way way(Switch users, Operation operation, long waited) {
        return users.way(operation, "", 0, waited);
    }

    @Test
    void whatEitherSideMayDoWaitsWhileThePrimaryAnswersNothingAndIsThenDoneByTheStandby() {
        var stalled = users(KeyKind.FREE, Set.of(), Set.of("all"), "");
        assertThat(way(stalled, WRITE, 0)).isEqualTo(Way.HOLD);
        assertThat(way(stalled, WRITE, BUDGET / 2)).isEqualTo(Way.HOLD);
        assertThat(way(stalled, WRITE, BUDGET * 4 / 5)).isEqualTo(Way.STANDBY);
    }

    @Test
    void nothingElseWaits() {
        var stalled = users(KeyKind.FREE, Set.of(), Set.of("all"), "");
        assertThat(way(users(KeyKind.FREE, Set.of(), Set.of(), ""), WRITE, BUDGET))
                .isEqualTo(Way.PRIMARY);
        assertThat(way(users(KeyKind.FREE, Set.of(), Set.of("other"), ""), WRITE, BUDGET))
                .isEqualTo(Way.PRIMARY);
        assertThat(way(stalled, READ, BUDGET)).as("is hedged").isEqualTo(Way.PRIMARY);
        assertThat(way(stalled, operation("POST /", false, Policy.SAFE, false), BUDGET))
                .as("not done alike by both")
                .isEqualTo(Way.PRIMARY);
        assertThat(way(stalled, operation("POST /", false, Policy.FORBIDDEN, true), BUDGET))
                .as("not done by the standby")
                .isEqualTo(Way.PRIMARY);
        assertThat(way(users(KeyKind.ORDERED, Set.of(), Set.of("all"), ""), WRITE, BUDGET))
                .as("belongs to one side")
                .isEqualTo(Way.PRIMARY);
    }

    @Test
    void aClassThatIsAtTheStandbyAlreadyDoesNotWaitForThePrimary() {
        assertThat(way(users(KeyKind.FREE, Set.of("all"), Set.of("all"), ""), WRITE, 0))
                .isEqualTo(Way.STANDBY);
    }

    @Test
    void whileUsersAreBeingMovedNobodyGoesAnywhereBeforeTheyAre() {
        assertThat(way(users(KeyKind.FREE, Set.of(), Set.of("all"), "users are being moved"), WRITE, BUDGET))
                .isEqualTo(Way.HOLD);
    }
}
