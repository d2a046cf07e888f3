package de.doppelboden.continuity.failover;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.judge.Verdict;
import de.doppelboden.continuity.ownership.Ownership;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailoverControllerTest {

    private static final Duration TICK = Duration.ofMillis(50);

    private static Scene onStandby() {
        var scene = new Scene(KeyKind.ORDERED).pass(Duration.ofSeconds(5));
        scene.primary = Outcome.NONE;
        scene.pass(Duration.ofSeconds(10));
        assertThat(scene.controller.state()).isEqualTo(State.ON_STANDBY);
        return scene;
    }

    private static void until(Scene scene, State state) {
        for (var ticks = 0; scene.controller.state() != state; ticks++) {
            assertThat(ticks).as("ticks until %s; %s", state, scene.last).isLessThan(10_000);
            scene.pass(TICK);
        }
    }

    /** Some users are back on the primary, most are not. */
    private static Scene halfway() {
        var scene = onStandby();
        scene.primary = Outcome.IN_BUDGET;
        until(scene, State.RETURNING);
        while (back(scene) < 200) {
            scene.pass(TICK);
        }
        return scene;
    }

    /** Of a thousand desks so many are served by the primary. */
    private static long back(Scene scene) {
        return IntStream.range(0, 1000)
                .filter(desk -> scene.way(Scene.SEARCH, null, "desk-" + desk) == Way.PRIMARY)
                .count();
    }

    @Test
    void usersFollowInSlices() {
        var scene = onStandby();
        scene.primary = Outcome.IN_BUDGET;
        until(scene, State.RETURNING);

        long least = 0;
        var slices = 0;
        while (scene.controller.state() == State.RETURNING) {
            var now = back(scene);
            assertThat(now).isGreaterThanOrEqualTo(least);
            slices += now > least ? 1 : 0;
            least = now;
            scene.pass(TICK);
        }

        assertThat(slices).isEqualTo(4);
        assertThat(scene.controller.state()).isEqualTo(State.NORMAL);
        assertThat(back(scene)).isEqualTo(1000);
    }

    @Test
    void noMoreUsersFollowWhileThePrimaryIsSlowForThoseBeforeThem() {
        var scene = halfway();
        var so = back(scene);

        for (var second = 0; second < 4; second++) {
            scene.primarysUsers = Optional.of(Outcome.LATE);
            scene.pass(Duration.ofMillis(350));
            scene.primarysUsers = Optional.empty();
            scene.pass(Duration.ofMillis(450));
            assertThat(scene.controller.state()).isEqualTo(State.RETURNING);
            assertThat(back(scene)).isEqualTo(so);
        }
        assertThat(scene.last.reason()).contains("more follow when it serves them well");
        scene.pass(Duration.ofSeconds(10));

        assertThat(scene.controller.state()).isEqualTo(State.NORMAL);
    }

    @Test
    void aStartInTheMiddleOfAReturnMovesNobodyWhileNeitherSideAnswers() {
        var before = halfway();
        var scene = new Scene(KeyKind.ORDERED, Mode.AUTOMATIC, Optional.empty(), Optional.of(before.controller.save()));
        scene.store.ownership = before.store.ownership;
        scene.primary = Outcome.NONE;
        scene.standby = Outcome.NONE;
        scene.standbysUsers = Outcome.NONE;

        scene.pass(Duration.ofSeconds(5));

        assertThat(scene.controller.evidence().primary()).isEqualTo(Verdict.FAILED);
        assertThat(scene.controller.state()).isEqualTo(State.RETURNING);
        assertThat(back(scene)).isLessThan(100);

        scene.primary = Outcome.IN_BUDGET;
        scene.standby = Outcome.IN_BUDGET;
        scene.standbysUsers = Outcome.IN_BUDGET;
        until(scene, State.NORMAL);

        assertThat(back(scene)).isEqualTo(1000);
    }

    @Test
    void aStartInTheMiddleOfAReturnLeavesAPrimaryThatIsWorse() {
        var before = halfway();
        var scene = new Scene(KeyKind.ORDERED, Mode.AUTOMATIC, Optional.empty(), Optional.of(before.controller.save()));
        scene.store.ownership = before.store.ownership;
        scene.primary = Outcome.NONE;

        scene.pass(Duration.ofSeconds(5));

        assertThat(scene.controller.state()).isEqualTo(State.ON_STANDBY);
    }

    @Test
    void goesWithAnotherGatewayThatMovesUsersWhileThisOneBringsThemBack() {
        var scene = halfway();
        var ours = scene.store.ownership;
        assertThat(ours.owner()).isEqualTo(Side.PRIMARY);

        scene.store.ownership = new Ownership(
                ours.epoch() + 1, Side.STANDBY, Slice.NOBODY, scene.time.wall(), "another gateway has moved users");
        scene.pass(Duration.ofMillis(500));

        assertThat(scene.controller.state().serving()).isEqualTo(Side.STANDBY);
        assertThat(scene.controller.users().ownership().owner()).isEqualTo(Side.STANDBY);
        assertThat(back(scene)).isZero();
    }

    @Test
    void aSickStandbyDoesNotKeepUsersFromAWellPrimary() {
        var scene = onStandby();
        scene.primary = Outcome.IN_BUDGET;
        scene.standby = Outcome.FAILED;
        scene.standbysUsers = Outcome.FAILED;

        until(scene, State.NORMAL);

        assertThat(back(scene)).isEqualTo(1000);
    }
}
