package de.doppelboden.continuity.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.hindsight.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Operation PAGE =
            new Operation("GET /page", true, Policy.SAFE, Duration.ofMillis(500), true, "");
    private static final Operation FORM =
            new Operation("POST /form", false, Policy.SAFE, Duration.ofMillis(500), false, "");

    private final Recorder recorder = new Recorder(0);
    private long now;

    private void note(Operation operation, Side side, Source source, Outcome outcome, Duration took) {
        var flight = new Flight(operation, side, source, now, null);
        flight.ended(outcome, now + took.toNanos());
        recorder.note(flight, true, now + took.toNanos());
    }

    private void pass(Duration time, Set<String> pending) {
        now += time.toNanos();
        var none = Evidence.none(Instant.EPOCH);
        recorder.passed(
                new Evidence(
                        none.primary(),
                        none.standby(),
                        none.against(),
                        Set.of(),
                        pending,
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Instant.EPOCH,
                        "12 of 14 were late",
                        List.of()),
                now);
    }

    private void pass(Duration time) {
        pass(time, Set.of());
    }

    private Recording recording() {
        return recorder.recording(Instant.EPOCH.plusNanos(now), now);
    }

    @Test
    void knowsDurationsToAnEighth() {
        var random = new Random(1);
        for (var i = 0; i < 1_000; i++) {
            var nanos = (long) (3_000_000 * Math.pow(20_000, random.nextDouble()));

            assertThat(Cell.Steps.middleNanos(Cell.Steps.of(nanos))).isCloseTo(nanos, Percentage.withPercentage(6.3));
        }
        assertThat(Cell.Steps.of(Duration.ofHours(1).toNanos())).isEqualTo(Cell.Steps.COUNT - 1);
    }

    @Test
    void countsBySideAndOperationWhatUsersGot() {
        for (var i = 0; i < 900; i++) {
            note(PAGE, Side.PRIMARY, Source.USER, Outcome.IN_BUDGET, Duration.ofMillis(20));
        }
        for (var i = 0; i < 100; i++) {
            note(PAGE, Side.PRIMARY, Source.USER, Outcome.LATE, Duration.ofMillis(900));
        }
        note(FORM, Side.PRIMARY, Source.USER, Outcome.FAILED, Duration.ofMillis(5));
        note(FORM, Side.PRIMARY, Source.PROBE, Outcome.NONE, Duration.ofSeconds(2));
        note(PAGE, Side.STANDBY, Source.PROBE, Outcome.IN_BUDGET, Duration.ofMillis(7));
        pass(Duration.ofSeconds(2));

        var all = recording().intervals("", MINUTE);
        var pages = recording().intervals("GET /page", MINUTE);

        assertThat(all).hasSize(2);
        assertThat(all.getFirst())
                .returns(Side.PRIMARY, Recording.Interval::side)
                .returns(false, Recording.Interval::ours)
                .returns(900, Recording.Interval::good)
                .returns(100, Recording.Interval::late)
                .returns(1, Recording.Interval::failed);
        assertThat(all.getFirst().p50Nanos() / 1e6).isCloseTo(20, within(1.3));
        assertThat(all.getFirst().p95Nanos() / 1e6).isCloseTo(900, within(60.0));
        assertThat(all.getLast())
                .returns(Side.STANDBY, Recording.Interval::side)
                .returns(true, Recording.Interval::ours)
                .returns(1, Recording.Interval::good);
        assertThat(pages.getFirst()).returns(0, Recording.Interval::failed).returns(1_000, Recording.Interval::all);
        assertThat(recording().intervals("GET /other", MINUTE)).isEmpty();
    }

    @Test
    void whoIsTakenElsewhereAfterTheBudgetWasLate() {
        var early = new Flight(PAGE, Side.PRIMARY, Source.USER, now, null);
        var late = new Flight(PAGE, Side.PRIMARY, Source.USER, now, null);
        recorder.note(early, false, now + Duration.ofMillis(300).toNanos());
        recorder.note(late, false, now + Duration.ofMillis(900).toNanos());
        pass(Duration.ofSeconds(2));

        var interval = recording().intervals("", MINUTE).getFirst();

        assertThat(interval)
                .returns(1, Recording.Interval::late)
                .returns(1, Recording.Interval::all)
                .returns(1, Recording.Interval::taken);
        assertThat(interval.p50Nanos()).isNegative();
    }

    @Test
    void whoWasAnsweredByTheOtherSideWasNotLateHoweverLongThisOneTook() {
        for (var outcome : Outcome.values()) {
            var flight = new Flight(PAGE, Side.PRIMARY, Source.USER, now, null);
            flight.answeredElsewhere();
            flight.ended(
                    outcome,
                    now
                            + Duration.ofMillis(outcome == Outcome.IN_BUDGET ? 20 : 4_000)
                                    .toNanos());
            recorder.note(flight, true, flight.end());
        }
        pass(Duration.ofSeconds(2));

        var interval = recording().intervals("", MINUTE).getFirst();

        assertThat(interval)
                .returns(1, Recording.Interval::good)
                .returns(0, Recording.Interval::late)
                .returns(0, Recording.Interval::failed)
                .returns(3, Recording.Interval::taken);
        assertThat(interval.p95Nanos()).as("how long the side took").isGreaterThan(3_500_000_000L);
        assertThat(WhatIf.inTruth(recording())).isEqualTo(new WhatIf.Counts(1, 0, 0, 0, 0, 0));
    }

    @Test
    void forgetsWhatIsOlderThanAnHour() {
        for (var minute = 0; minute < 180; minute++) {
            for (var i = 0; i < 1_200; i++) {
                note(PAGE, Side.PRIMARY, Source.USER, Outcome.LATE, Duration.ofMillis(600));
                pass(Duration.ofMillis(50));
            }
        }

        var recording = recording();
        var begun = recording.intervals("", MINUTE).getFirst().begin();

        assertThat(recording.from()).isEqualTo(recording.until() - Recorder.KEPT_NANOS);
        assertThat(begun)
                .isBetween(Instant.EPOCH.plus(Duration.ofMinutes(119)), Instant.EPOCH.plus(Duration.ofMinutes(121)));
        assertThat(recording.parts().getFirst().number()).isPositive();
    }

    @Test
    void goesBackForMostOfAnHourAlsoOfAThousandRequestsASecond() {
        var random = new Random(1);
        var operations = new Operation[50];
        for (var i = 0; i < operations.length; i++) {
            operations[i] = new Operation("GET /" + i, true, Policy.SAFE, Duration.ofMillis(500), true, "");
        }
        for (var tick = 0; tick < 36_000; tick++) {
            for (var i = 0; i < 100; i++) {
                var took = Duration.ofNanos((long) (10_000_000 * Math.exp(random.nextGaussian())));
                note(operations[random.nextInt(50)], Side.PRIMARY, Source.USER, Outcome.IN_BUDGET, took);
            }
            pass(Duration.ofMillis(100));
        }

        var recording = recording();

        assertThat(Duration.ofNanos(recording.until() - recording.from())).isGreaterThan(Duration.ofMinutes(50));
        assertThat(recording.intervals("", Duration.ofHours(2))).singleElement().satisfies(all -> {
            assertThat(all.good()).isBetween(3_000_000, 3_600_000);
            assertThat(all.p50Nanos() / 1e6).isCloseTo(10, within(5.0));
        });
    }

    @Test
    void isBoundedWhateverIsAskedAndSaysHowFarItGoesBack() {
        var operations = new Operation[100];
        for (var i = 0; i < operations.length; i++) {
            operations[i] = new Operation("GET /" + i, true, Policy.SAFE, Duration.ofMillis(500), true, "");
        }
        for (var tick = 0; tick < 18_000; tick++) {
            for (var each : operations) {
                note(each, Side.PRIMARY, Source.USER, Outcome.LATE, Duration.ofMillis(600));
            }
            pass(Duration.ofMillis(100));
        }

        var recording = recording();

        assertThat(recording.sorted().length).isLessThanOrEqualTo(1 << 20);
        assertThat(recording.from()).isPositive();
        assertThat(recording.intervals("", MINUTE))
                .allSatisfy(each -> assertThat(each.begin()).isAfterOrEqualTo(recording.wall(recording.from())));
    }

    @Test
    void remembersWhenUsersWereAboutToBeMovedAndWhenTheGatewayLagged() {
        pass(Duration.ofSeconds(5));
        pass(Duration.ofMillis(50), Set.of("GET /page"));
        pass(Duration.ofMillis(300), Set.of("GET /page", "POST /form"));
        pass(Duration.ofMillis(50));
        recorder.lagged(1_000, 2_000);

        assertThat(recording().pendings())
                .containsExactly(new Recording.Pending(
                        5_050_000_000L, 5_400_000_000L, Set.of("GET /page", "POST /form"), "12 of 14 were late"));
        assertThat(recording().pauses()).containsExactly(new Recording.Pause(1_000, 2_000));
    }
}
