package de.doppelboden.continuity.failover;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.SteppedTime;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Served;
import de.doppelboden.continuity.judge.Verdict;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReturnRampTest {

    private final SteppedTime time = new SteppedTime();
    private final ReturnRamp ramp = new ReturnRamp(ReturnSettings.DEFAULT, time, 0, Optional.empty());

    private Evidence evidence(Verdict primary) {
        var against = primary == Verdict.FAILED ? EnumSet.of(Side.PRIMARY) : EnumSet.noneOf(Side.class);
        return new Evidence(
                primary,
                Verdict.HEALTHY,
                against,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                time.wall(),
                "as seen",
                List.of());
    }

    private static Served mirrored(long reads, long bad) {
        return new Served(0, 0, reads, bad, Map.of());
    }

    /** As the service's own thread: it looks all the time. */
    private ReturnRamp.Found lookFor(Duration duration, Verdict primary, Served served) {
        var found = ramp.look(evidence(primary), served);
        for (var end = time.nanos() + duration.toNanos(); time.nanos() - end < 0; ) {
            time.pass(Duration.ofMillis(50));
            found = ramp.look(evidence(primary), served);
            if (found instanceof ReturnRamp.Found.Proven) {
                return found;
            }
        }
        return found;
    }

    @Test
    void risesInFourStepsByTheReadsThatWereMirrored() {
        ramp.begin(Served.NOTHING);
        var reads = 0;
        for (var percent : new int[] {5, 25, 60}) {
            assertThat(ramp.share()).isEqualTo(Slice.share(percent));
            reads += 10;
            lookFor(Duration.ofSeconds(3), Verdict.HEALTHY, mirrored(reads, 0));
        }
        assertThat(ramp.share()).isEqualTo(Slice.share(100));

        assertThat(lookFor(Duration.ofSeconds(3), Verdict.HEALTHY, mirrored(reads + 10, 0)))
                .isInstanceOf(ReturnRamp.Found.Proven.class);
        assertThat(ramp.passed()).isTrue();
    }

    @Test
    void staysOnAStepThatHasSeenTooFewReadsUntilItsTimeIsOver() {
        ramp.begin(Served.NOTHING);

        lookFor(Duration.ofSeconds(10), Verdict.HEALTHY, mirrored(1, 0));
        assertThat(ramp.share()).isEqualTo(Slice.share(5));
        lookFor(Duration.ofSeconds(11), Verdict.HEALTHY, mirrored(1, 0));

        assertThat(ramp.share()).isEqualTo(Slice.share(25));
    }

    @Test
    void aGatewayThatWasPausedHasSeenNothingMeanwhile() {
        ramp.begin(Served.NOTHING);
        lookFor(Duration.ofSeconds(1), Verdict.HEALTHY, mirrored(10, 0));

        time.pass(Duration.ofSeconds(3));
        lookFor(Duration.ofSeconds(1), Verdict.HEALTHY, mirrored(20, 0));
        assertThat(ramp.share()).isEqualTo(Slice.share(5));
        lookFor(Duration.ofSeconds(2), Verdict.HEALTHY, mirrored(40, 0));

        assertThat(ramp.share()).isEqualTo(Slice.share(25));
    }

    @Test
    void refusesAPrimaryThatDoesWorseThanTheStandby() {
        ramp.begin(Served.NOTHING);
        time.pass(Duration.ofSeconds(1));

        assertThat(ramp.look(evidence(Verdict.HEALTHY), mirrored(20, 2)))
                .isInstanceOfSatisfying(
                        ReturnRamp.Found.Refused.class,
                        refused -> assertThat(refused.reason()).contains("worse than the standby in 2 of 20"));
        assertThat(ramp.look(evidence(Verdict.FAILED), mirrored(0, 0))).isInstanceOf(ReturnRamp.Found.Refused.class);
    }

    @Test
    void namesWhatThePrimaryAnswersOtherwiseSinceTheStepBegan() {
        ramp.begin(new Served(0, 0, 100, 3, Map.of("GET /list", 1L, "GET /mail", 2L)));
        time.pass(Duration.ofSeconds(1));
        var since = new Served(0, 0, 120, 5, Map.of("GET /list", 1L, "GET /mail", 4L));

        assertThat(ramp.look(evidence(Verdict.HEALTHY), since))
                .isInstanceOfSatisfying(
                        ReturnRamp.Found.Refused.class,
                        refused -> assertThat(refused.reason())
                                .endsWith("in 2 of 20; it answered otherwise than the standby: GET /mail in 2"));
    }

    @Test
    void aFewDifferencesAreNoReason() {
        ramp.begin(Served.NOTHING);
        time.pass(Duration.ofSeconds(1));

        assertThat(ramp.look(evidence(Verdict.HEALTHY), new Served(0, 0, 100, 5, Map.of("GET /mail", 5L))))
                .isInstanceOf(ReturnRamp.Found.Rising.class);
    }

    @Test
    void beginsAStepAnewWhenThePrimaryIsNotSeenToBeWell() {
        ramp.begin(Served.NOTHING);

        lookFor(Duration.ofSeconds(3), Verdict.UNKNOWN, mirrored(10, 0));
        ramp.look(evidence(Verdict.HEALTHY), mirrored(20, 0));

        assertThat(ramp.share()).isEqualTo(Slice.share(5));
    }

    @Test
    void eachFailedReturnMakesTheNextHarderUpToABoundThatAPersonCanLift() {
        var usual = ramp.healthyNanos();
        for (var i = 0; i < 20; i++) {
            ramp.failed();
        }
        assertThat(ramp.healthyNanos()).isEqualTo(32 * usual);
        assertThat(ramp.bound()).contains("20 returns have failed").contains("a person can lift this");

        ramp.lift();

        assertThat(ramp.healthyNanos()).isEqualTo(usual);
    }

    @Test
    void aPrimaryThatIsLeftSoonAfterItsReturnHasFlapped() {
        ramp.returned();
        time.pass(Duration.ofMinutes(10));
        ramp.leftAgain();
        assertThat(ramp.failedReturns()).isOne();

        ramp.returned();
        time.pass(Duration.ofHours(2));
        ramp.leftAgain();

        assertThat(ramp.failedReturns()).isZero();
    }
}
