package de.doppelboden.continuity.simulation.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.simulation.webapp.Detection.Illness;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The decision rules on a small scale; {@code ./doppelboden bench rules} does the same with years and thousands of runs. */
class RulesTest {

    private static final int RUNS = 60;

    @Test
    void noTroubleThatBothSidesShareMovesUsers() {
        var count = FalseSwitches.Count.NOTHING;
        for (var seed = 1; seed <= 4; seed++) {
            count = count.and(FalseSwitches.count(seed, FalseSwitches.Plan.of(5, 4, 200), 2_000))
                    .and(FalseSwitches.count(seed, FalseSwitches.Plan.of(200, 4, 1_000), 250));
        }

        assertThat(count.troubles()).isPositive();
        assertThat(count.sentence()).isEmpty();
    }

    @Test
    void leavesASideThatFailsAFifthWithinASecond() {
        assertThat(median(Illness.FAILS_ONE_IN_FIVE, new Detection.Use(200, 1, 20, 10)))
                .isLessThan(1);
    }

    @Test
    void leavesASideThatFailsOneInTwentyWithinSixSeconds() {
        assertThat(median(Illness.FAILS_ONE_IN_TWENTY, new Detection.Use(200, 1, 20, 20)))
                .isLessThan(6);
    }

    @Test
    void judgesASiteThatIsUsedOnceAMinuteWithinHalfAMinute() {
        assertThat(median(Illness.HANGS, new Detection.Use(1 / 60.0, 10, 600, 60)))
                .isLessThan(30);
    }

    @Test
    void theBoundIsExactForWhatIsSeldomSeen() {
        assertThat(PoissonBound.atMost(0, 0.95)).isBetween(2.995, 2.997);
        assertThat(PoissonBound.atMost(1, 0.95)).isBetween(4.743, 4.745);
        assertThat(PoissonBound.atMost(10, 0.95)).isBetween(16.96, 16.97);
    }

    private static double median(Illness illness, Detection.Use use) {
        var sorted = LongStream.rangeClosed(1, RUNS)
                .parallel()
                .mapToDouble(seed -> Detection.secondsUntilLeft(seed, illness, use))
                .sorted()
                .toArray();
        return sorted[RUNS / 2];
    }
}
