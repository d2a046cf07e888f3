package de.doppelboden.continuity.judge;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final int RUNS = 200;

    @Test
    void leavesASideThatFailsAFifthWithinASecond() {
        assertThat(median(seed -> failing(seed, 0.2))).isBetween(0.0, 1.0);
    }

    @Test
    void leavesASideThatFailsOneInTwentyWithinSixSeconds() {
        assertThat(median(seed -> failing(seed, 0.05))).isBetween(0.0, 6.0);
    }

    @Test
    void leavesASideThatRefusesConnectionsAlmostAtOnce() {
        assertThat(median(seed -> {
                    var scene = new JudgeScene(seed, 200, JudgeScene.portal());
                    scene.pass(10);
                    scene.faultNow();
                    scene.primary().refuses = true;
                    scene.pass(3);
                    return scene.leftAfter;
                }))
                .isBetween(0.0, 0.2);
    }

    @Test
    void theSentenceCountsUsersRequestsAsTheLastHourDoes() {
        var scene = new JudgeScene(3, 40, JudgeScene.portal());
        scene.pass(20);
        scene.faultNow();
        scene.primary().refuses = true;
        while (scene.leftAfter < 0) {
            scene.pass(0.001);
        }
        scene.primary().refuses = false;
        scene.pass(2);

        var failed = scene.judge.recording().intervals("", Duration.ofSeconds(1)).stream()
                .filter(each -> each.side() == Side.PRIMARY && !each.ours())
                .mapToInt(Recording.Interval::failed)
                .sum();
        assertThat(failed).isPositive();
        assertThat(scene.sentence)
                .startsWith("the primary gives no answer: ")
                .contains(", of users %d of %d, within ".formatted(failed, failed));
    }

    @Test
    void leavesAHangingSideWithinASecond() {
        assertThat(median(seed -> {
                    var scene = new JudgeScene(seed, 200, JudgeScene.portal());
                    scene.pass(10);
                    scene.faultNow();
                    scene.primary().hangs = true;
                    scene.pass(3);
                    return scene.leftAfter;
                }))
                .isBetween(0.5, 1.0);
    }

    @Test
    void leavesALimpingCounterWithinOneAndAHalfSeconds() {
        assertThat(median(this::limping)).isBetween(0.5, 1.5);
    }

    private double limping(long seed) {
        var scene = new JudgeScene(seed, 10, Service.of("register", KeyKind.ORDERED, JudgeScene.counter()));
        scene.pass(60);
        scene.faultNow();
        scene.primary().slots = 1;
        scene.primary().meanSeconds = 0.5;
        scene.pass(10);
        return scene.leftAfter;
    }

    @Test
    void leavesALyingCounterThoughTheProbeTakesItsPageForAnAnswer() {
        assertThat(median(seed -> {
                    var scene = new JudgeScene(seed, 4, Service.of("register", KeyKind.ORDERED, JudgeScene.counter()));
                    scene.pass(120);
                    scene.faultNow();
                    scene.primary().lies = true;
                    scene.pass(60);
                    return scene.leftAfter;
                }))
                .isBetween(0.0, 20.0);
    }

    @Test
    void staysWhenAStormOfLogInsIsSlow() {
        var logIn = new Operation("register.login", true, Policy.SAFE, Duration.ofSeconds(1), false, "register");
        for (var seed = 1; seed <= 20; seed++) {
            var operations = new ArrayList<>(JudgeScene.counter());
            operations.add(logIn);
            var scene = new JudgeScene(seed, 5, Service.of("register", KeyKind.ORDERED, operations));
            scene.users.remove(logIn);
            scene.pass(30);
            for (var storm = 0; storm < 10; storm++) {
                scene.logInStorm(logIn, 8);
                scene.pass(20);
            }
            assertThat(scene.sentence).isEmpty();
        }
    }

    @Test
    void staysWhenTenOfAHundredRequestsAreTheUsersOwnErrors() {
        for (var seed = 1; seed <= 2; seed++) {
            var scene = new JudgeScene(seed, 200, JudgeScene.portal());
            scene.pass(60);
            scene.userErrors = 0.1;
            scene.pass(3600);
            assertThat(scene.sentence).isEmpty();
        }
    }

    @Test
    void staysWhenBothSidesPauseForLessThanASecond() {
        for (var seed = 1; seed <= 20; seed++) {
            var scene = new JudgeScene(seed, 200, JudgeScene.portal());
            scene.pass(20);
            for (var i = 0; i < 30; i++) {
                scene.pause(Side.PRIMARY, 0.7);
                scene.pass(4);
                scene.pause(Side.STANDBY, 0.7);
                scene.pass(4);
            }
            assertThat(scene.sentence).isEmpty();
        }
    }

    @Test
    void staysWhenBothSidesAreSlow() {
        for (var seed = 1; seed <= 20; seed++) {
            var scene = new JudgeScene(seed, 200, JudgeScene.portal());
            scene.pass(20);
            scene.servers.values().forEach(server -> server.slots = 1000);
            scene.servers.values().forEach(server -> server.extraSeconds = 2);
            scene.pass(30);
            scene.servers.values().forEach(server -> server.extraSeconds = 0);
            scene.pass(30);
            assertThat(scene.sentence).isEmpty();
        }
    }

    @Test
    void staysWhenTheStandbyIsTheWorseOne() {
        for (var seed = 1; seed <= 20; seed++) {
            var scene = new JudgeScene(seed, 200, JudgeScene.portal());
            scene.pass(20);
            scene.primary().failing = 0.2;
            scene.standby().failing = 1;
            scene.pass(30);
            assertThat(scene.sentence).isEmpty();
        }
    }

    @Test
    void aLateStandbyBeatsADeadPrimary() {
        var scene = new JudgeScene(1, 50, JudgeScene.portal());
        scene.pass(20);
        scene.standby().extraSeconds = 2;
        scene.standby().slots = 1000;
        scene.pass(20);
        assertThat(scene.sentence).isEmpty();
        scene.faultNow();
        scene.primary().refuses = true;
        scene.pass(10);
        assertThat(scene.leftAfter).isBetween(0.0, 5.0);
    }

    @Test
    void judgesAServiceThatIsUsedOnceAMinuteWithinHalfAMinute() {
        assertThat(median(seed -> {
                    var scene = new JudgeScene(seed, 1 / 60.0, JudgeScene.counter());
                    scene.probeEvery = 10;
                    scene.pass(1200);
                    scene.faultNow();
                    scene.primary().hangs = true;
                    scene.pass(120);
                    return scene.leftAfter;
                }))
                .isBetween(0.0, 30.0);
    }

    @Test
    void leavesASlowSideThoughTheOtherIsOnlyProbedOnceASecond() {
        for (var perSecond : new double[] {5, 20, 200}) {
            assertThat(median(seed -> seldomCompared(seed, perSecond, 1, server -> {
                        server.slots = 1_000;
                        server.extraSeconds = 2;
                    })))
                    .isBetween(0.5, 5.0);
        }
    }

    @Test
    void leavesAnIllSideWithinHalfAMinuteThoughTheOtherIsOnlyProbedEveryTenSeconds() {
        assertThat(median(seed -> seldomCompared(seed, 20, 10, server -> server.hangs = true)))
                .isBetween(0.5, 30.0);
        assertThat(median(seed -> seldomCompared(seed, 20, 10, server -> server.refuses = true)))
                .isBetween(0.0, 30.0);
        assertThat(median(seed -> seldomCompared(seed, 20, 10, server -> server.failing = 1)))
                .isBetween(0.0, 30.0);
    }

    private static double seldomCompared(
            long seed, double perSecond, double probeEvery, Consumer<JudgeScene.Server> illness) {
        var scene = new JudgeScene(seed, perSecond, JudgeScene.portal());
        scene.hedges = false;
        scene.probesOnDoubt = false;
        scene.probeEvery = probeEvery;
        scene.pass(30);
        scene.faultNow();
        illness.accept(scene.primary());
        scene.pass(Math.max(8, 5 * probeEvery));
        return scene.leftAfter;
    }

    @Test
    void leavesASideThatFailsThoughOneInTenIsItsSendersOwnErrorAndFailsOnBoth() {
        assertThat(median(seed -> amongSendersErrors(seed, 0.5))).isBetween(0.0, 6.0);
        assertThat(median(seed -> amongSendersErrors(seed, 0.2))).isBetween(0.0, 25.0);
    }

    private static double amongSendersErrors(long seed, double failing) {
        var scene = new JudgeScene(seed, 200, JudgeScene.portal());
        scene.userErrors = 0.1;
        scene.pass(20);
        scene.faultNow();
        scene.primary().failing = failing;
        scene.pass(40);
        return scene.leftAfter;
    }

    @Test
    void staysWhenABrokenProgramIsFollowedByFailuresThatBothSidesShare() {
        for (var seed = 1; seed <= 40; seed++) {
            var scene = new JudgeScene(seed, 20, JudgeScene.portal());
            scene.pass(60);
            for (var i = 0; i < 20; i++) {
                scene.brokenProgram(scene.users.get(1), 2, 10);
                scene.pass(15);
                scene.servers.values().forEach(server -> server.failing = 0.15);
                scene.pass(5);
                scene.servers.values().forEach(server -> server.failing = 0);
                scene.pass(10);
            }
            assertThat(scene.sentence).isEmpty();
        }
    }

    @Test
    void whatIsAboutToBeSaidIsPendingFirstForReadsAndForWritesWhenTheirAnswersCanStillBeInTime() {
        var scene = new JudgeScene(1, 200, JudgeScene.portal());
        scene.pass(10);
        assertThat(scene.evidence.pendingClasses()).isEmpty();

        scene.faultNow();
        scene.primary().hangs = true;
        var reads = firstPending(scene, ".read");
        var writes = firstPending(scene, ".write");
        scene.pass(1);

        assertThat(reads).isBetween(0.25, 0.45);
        assertThat(writes).isBetween(0.4, 0.6);
        assertThat(scene.leftAfter).isBetween(writes, 1.0);
        assertThat(scene.evidence.pendingClasses()).as("it has been said").isEmpty();
    }

    @Test
    void usersErrorsDoNotHideThatOthersWait() {
        for (var seed = 1; seed <= 10; seed++) {
            var scene = known(seed);
            scene.userErrors = 0.1;
            scene.pass(60);
            scene.faultNow();
            scene.writesElsewhere = true;
            scene.primary().slots = 2;
            scene.primary().meanSeconds = 0.05;

            scene.pass(2);
            assertThat(scene.leftAfter).isBetween(0.0, 1.0);
        }
    }

    @Test
    void usersErrorsDoNotHideThatOthersWaitThoughTheyAreRefusedAtOnceByBothSides() {
        for (var seed = 1; seed <= 10; seed++) {
            var scene = known(seed);
            scene.userErrors = 0.1;
            scene.refusesAtOnce = true;
            scene.pass(60);
            scene.faultNow();
            scene.asksBoth = true;
            scene.hedgeShare = 1;
            scene.primary().slots = 2;
            scene.primary().meanSeconds = 0.05;

            scene.pass(2);
            assertThat(scene.leftAfter).isBetween(0.0, 1.0);
        }
    }

    @Test
    void usersErrorsSayNothingOfTheStandbyThoughThatFailsWithAllOfThem() {
        for (var seed = 1; seed <= 10; seed++) {
            var scene = known(seed);
            scene.userErrors = 0.1;
            for (var second = 0; second < 60; second++) {
                scene.pass(1);
                assertThat(scene.evidence.standby()).isEqualTo(Verdict.HEALTHY);
            }
        }
    }

    @Test
    void aStandbyThatFailsWithWhatThePrimaryDoesWellTheSecondTimeIsNotHealthyThoughItsProbesAre() {
        for (var seed = 1; seed <= 10; seed++) {
            var scene = known(seed);
            scene.standbyLies = true;
            scene.primary().failing = 0.2;
            scene.pass(3);
            for (var second = 0; second < 20; second++) {
                scene.pass(1);
                assertThat(scene.evidence.standby()).isNotEqualTo(Verdict.HEALTHY);
            }
            assertThat(scene.leftAfter).isNegative();
        }
    }

    private static double firstPending(JudgeScene scene, String kind) {
        while (scene.leftAfter < 0 && scene.evidence.pendingClasses().stream().noneMatch(name -> name.endsWith(kind))) {
            scene.pass(0.05);
        }
        return scene.time.seconds() - 11;
    }

    @Test
    void aPauseOfTheStandbyMakesNothingPending() {
        var scene = new JudgeScene(1, 200, JudgeScene.portal());
        scene.pass(10);
        scene.pause(Side.STANDBY, 0.7);
        for (var i = 0; i < 40; i++) {
            scene.pass(0.05);
            assertThat(scene.evidence.pendingClasses()).isEmpty();
        }
    }

    @Test
    void aLimitThatLiesBetweenTwoSidesThatAreNearlyAsSlowMovesNobody() {
        for (var seed = 1; seed <= 5; seed++) {
            var scene = new JudgeScene(seed, 50, JudgeScene.portal());
            scene.servers.values().forEach(server -> server.slots = 64);
            scene.pass(30);
            scene.faultNow();
            scene.primary().extraSeconds = 0.24;
            scene.standby().extraSeconds = 0.21;

            scene.pass(20);
            assertThat(scene.sentence).as("half of the budget is 250 ms").isEmpty();
        }
    }

    private static JudgeScene known(long seed) {
        var scene = new JudgeScene(seed, 200, JudgeScene.portal());
        scene.pass(30);
        return scene;
    }

    private static double firstStalled(JudgeScene scene, double within) {
        var from = scene.time.seconds();
        while (scene.evidence.stalledClasses().isEmpty() && scene.time.seconds() - from < within) {
            scene.pass(0.05);
        }
        return scene.time.seconds() - from;
    }

    @Test
    void thatNothingIsAnsweredIsSeenLongBeforeAnybodyHasWaitedTooLong() {
        for (var seed = 1; seed <= 5; seed++) {
            var scene = known(seed);
            scene.faultNow();
            scene.primary().hangs = true;

            assertThat(firstStalled(scene, 1)).isBetween(0.05, 0.25);
            assertThat(scene.evidence.stalledClasses()).hasSize(10);
            assertThat(scene.leftAfter).as("it moves nobody").isNegative();

            while (scene.leftAfter < 0) {
                assertThat(scene.evidence.stalledClasses())
                        .as("what may wait waits until it is judged")
                        .hasSize(10);
                scene.pass(0.05);
            }
            assertThat(scene.leftAfter).isLessThan(1.3);

            scene.pass(0.6);
            assertThat(scene.evidence.stalledClasses()).isEmpty();
        }
    }

    @Test
    void whatNeitherSideAnswersIsNoStallOfOne() {
        var scene = known(1);
        scene.servers.values().forEach(server -> server.hangs = true);

        assertThat(firstStalled(scene, 3)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aSideThatHasBecomeSlowerForGoodIsNotStalledForGood() {
        var scene = known(1);
        scene.primary().slots = 64;
        scene.primary().extraSeconds = 0.1;
        assertThat(firstStalled(scene, 1)).isLessThan(1);

        var stalled = 0;
        for (var tick = 0; tick < 1_000; tick++) {
            scene.pass(0.05);
            stalled += scene.evidence.stalledClasses().isEmpty() ? 0 : 1;
        }
        assertThat(stalled).isLessThan(50);
        assertThat(scene.sentence).isEmpty();
    }

    @Test
    void inOrdinaryTimesNothingIsStalled() {
        for (var seed = 1; seed <= 5; seed++) {
            var scene = known(seed);
            scene.userErrors = 0.1;
            assertThat(firstStalled(scene, 60)).isGreaterThanOrEqualTo(60);
        }
    }

    @Test
    void itsOwnLagSpeaksAgainstNobody() {
        var scene = new JudgeScene(1, 200, JudgeScene.portal());
        scene.pass(20);
        for (var i = 0; i < 50; i++) {
            var from = scene.time.nanos();
            scene.servers.values().forEach(server -> server.paused = true);
            scene.pass(1.5);
            scene.judge.lagged(from, scene.time.nanos());
            scene.servers.values().forEach(server -> server.paused = false);
            scene.servers.values().forEach(scene::serve);
            scene.pass(2);
        }
        assertThat(scene.sentence).isEmpty();
    }

    private double failing(long seed, double share) {
        var scene = new JudgeScene(seed, 200, JudgeScene.portal());
        scene.pass(10);
        scene.faultNow();
        scene.primary().failing = share;
        scene.pass(8);
        return scene.leftAfter;
    }

    private static double median(LongToDoubleFunction run) {
        var sorted = LongStream.rangeClosed(1, RUNS)
                .parallel()
                .mapToDouble(run)
                .map(left -> left < 0 ? 1e9 : left)
                .sorted()
                .toArray();
        System.out.printf(
                "%s: median %.2f, 10 %% %.2f, 90 %% %.2f%n",
                StackWalker.getInstance()
                        .walk(f -> f.skip(1).findFirst().orElseThrow().getMethodName()),
                sorted[RUNS / 2],
                sorted[RUNS / 10],
                sorted[RUNS * 9 / 10]);
        return sorted[RUNS / 2];
    }
}
