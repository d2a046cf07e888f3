package de.doppelboden.continuity.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.LeaseSettings;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.ProofSettings;
import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.SteppedTime;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.judge.JudgeScene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    /** The users stay on the primary, as in mode observe; from the second minute on it takes a second and a half. */
    private static JudgeScene limping(Service service) {
        var scene = new JudgeScene(7, 20, service);
        scene.primary().slots = 200;
        scene.pass(60);
        scene.faultNow();
        scene.primary().extraSeconds = 1.5;
        scene.pass(30);
        return scene;
    }

    private static Service portal() {
        return Service.of("portal", KeyKind.FREE, JudgeScene.portal());
    }

    private static WhatIf.Result play(JudgeScene scene, double budgets) {
        return WhatIf.play(scene.judge.recording(), scene.service, budgets, () -> true);
    }

    private static double seconds(JudgeScene scene, Instant at) {
        return Duration.between(scene.time.wall(), at).toMillis() / 1e3 + scene.time.seconds();
    }

    @Test
    void leavesALimpingPrimaryWhenTheJudgeSpoke() {
        var scene = limping(portal());

        var played = play(scene, 1);

        var first = played.steps().getFirst();
        assertThat(first.decision().action()).isEqualTo(Decision.Action.FAIL_OVER);
        assertThat(first.decision().reason()).startsWith("the primary keeps users waiting");
        assertThat(first.state()).isEqualTo(State.ON_STANDBY);
        assertThat(seconds(scene, first.at())).isCloseTo(61 + scene.leftAfter, within(0.5));
        assertThat(played.standbySeconds()).isBetween(27L, 30L);
    }

    @Test
    void movesNobodyWhileThereWasNoStandby() {
        var scene = new JudgeScene(7, 20, portal());
        scene.primary().slots = 200;
        scene.pass(60);
        scene.primary().extraSeconds = 1.5;
        scene.judge.stands(Side.PRIMARY, true);
        scene.pass(10);
        var free = scene.time.wall();
        scene.judge.stands(Side.PRIMARY, false);
        scene.pass(20);

        var first = play(scene, 1).steps().getFirst();

        assertThat(first.decision().action()).isEqualTo(Decision.Action.FAIL_OVER);
        assertThat(Duration.between(free, first.at())).isBetween(Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void beginsWhereUsersWereAndNotWhereMostOfThemSoonWent() {
        var time = new SteppedTime();
        var judge = new Judge(portal(), time);
        var operation = JudgeScene.portal().getFirst();
        for (var i = 0; i < 400; i++) {
            var serving = i < 60 ? Side.PRIMARY : Side.STANDBY;
            time.pass(Duration.ofMillis(50));
            judge.begin(operation, serving, Source.USER, time.nanos())
                    .ended(Outcome.IN_BUDGET, time.nanos() + 1_000_000);
            judge.weigh();
            judge.stands(serving, false);
        }

        var played = WhatIf.play(judge.recording(), portal(), 1, () -> true);

        assertThat(played.steps()).isEmpty();
        assertThat(played.standbySeconds()).isZero();
        assertThat(WhatIf.standbySecondsInTruth(judge.recording())).isBetween(15L, 17L);
    }

    @Test
    void usersWhoWouldHaveBeenMovedGetWhatTheStandbyGaveAtThatTime() {
        var scene = limping(portal());

        var truth = WhatIf.inTruth(scene.judge.recording());
        var played = play(scene, 1).users();

        assertThat(truth.late()).isGreaterThan(400);
        assertThat(played.late()).isLessThan(truth.late() / 8);
        assertThat(played.assumed()).isBetween(truth.late() / 2, truth.requests());
        assertThat(played.unknown()).isZero();
        assertThat(played.requests()).isCloseTo(truth.requests(), within(60L));
    }

    @Test
    void staysWithTenTimesTheBudgetAndCountsByTheBudgetInForce() {
        var scene = limping(portal());

        var played = play(scene, 10);

        assertThat(played.steps()).isEmpty();
        assertThat(played.standbySeconds()).isZero();
        assertThat(played.users().late())
                .isCloseTo(WhatIf.inTruth(scene.judge.recording()).late(), within(40L));
        assertThat(played.users().assumed()).isZero();
    }

    @Test
    void aLongerSpanMovesLater() {
        var scene = limping(portal());
        var settings = JudgeSettings.DEFAULT;
        var patient = new Service(
                "portal",
                KeyKind.FREE,
                false,
                JudgeScene.portal(),
                Mode.OBSERVE,
                new JudgeSettings(
                        settings.falseSwitchEvery(),
                        Duration.ofSeconds(5),
                        settings.fresh(),
                        settings.tick(),
                        settings.history()),
                ReturnSettings.DEFAULT,
                LeaseSettings.DEFAULT,
                ProofSettings.DEFAULT);

        var soon = play(scene, 1).steps().getFirst().at();
        var later = WhatIf.play(scene.judge.recording(), patient, 1, () -> true)
                .steps()
                .getFirst()
                .at();

        assertThat(Duration.between(soon, later)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    @Test
    void orderedKeysAreClaimedAndGoBackWhenThePrimaryIsWellAgain() {
        var scene = limping(Service.of("register", KeyKind.ORDERED, JudgeScene.counter()));
        scene.primary().extraSeconds = 0;
        scene.pass(180);

        var played = play(scene, 1);

        assertThat(played.steps())
                .extracting(WhatIf.Step::state)
                .containsSubsequence(State.FAILING_OVER, State.RECONCILING, State.RETURNING, State.NORMAL);
        assertThat(played.users().refused()).isPositive();
        assertThat(played.standbySeconds()).isBetween(30L, 200L);
    }

    @Test
    void nothingIsSaidOfASideThatNobodyAsked() {
        var time = new SteppedTime();
        var judge = new Judge(portal(), time);
        var operation = JudgeScene.portal().getFirst();
        for (var i = 0; i < 2_000; i++) {
            time.pass(Duration.ofMillis(50));
            judge.begin(operation, i < 500 ? Side.PRIMARY : Side.STANDBY, Source.USER, time.nanos())
                    .ended(Outcome.IN_BUDGET, time.nanos() + 1_000_000);
            judge.weigh();
        }

        var played = WhatIf.play(judge.recording(), portal(), 1, () -> true).users();

        assertThat(played.requests()).isCloseTo(2_000, within(30L));
        assertThat(played.unknown())
                .as("nobody asked the primary for more than 30 s")
                .isBetween(800L, 1_000L);
        assertThat(played.assumed()).as("what was seen up to 30 s before").isPositive();
        assertThat(played.late() + played.failed()).isZero();
    }

    @Test
    void endsWhenItIsToldTo() {
        var scene = limping(portal());
        var asked = new int[1];

        var played = WhatIf.play(scene.judge.recording(), scene.service, 1, () -> asked[0]++ < 10);

        assertThat(Duration.between(
                        scene.judge.recording().wall(scene.judge.recording().from()), played.until()))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
        assertThat(played.steps()).isEmpty();
    }

    @Test
    void anEmptyRecordingSaysNothing() {
        var judge = new Judge(portal(), new SteppedTime());

        assertThat(WhatIf.play(judge.recording(), portal(), 1, () -> true))
                .returns(List.of(), WhatIf.Result::steps)
                .returns(new WhatIf.Counts(0, 0, 0, 0, 0, 0), WhatIf.Result::users);
    }
}
