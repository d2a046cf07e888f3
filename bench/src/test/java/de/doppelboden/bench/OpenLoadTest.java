package de.doppelboden.bench;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.city.people.Pace;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenLoadTest {

    @Test
    void comesAtInstantsInOrderWithinTheTime() {
        List<Long> instants = OpenLoad.poisson(200, 10, 1);

        assertThat(instants).isSorted().allMatch(at -> at >= 0 && at < 10_000_000_000L);
    }

    @Test
    void comesAsOftenAsAskedWithDistancesThatDifferAsThoseOfStrangers() {
        List<Long> instants = OpenLoad.poisson(200, 100, 7);
        double mean = instants.getLast() / 1e9 / instants.size();
        long closer = 0;
        for (int i = 1; i < instants.size(); i++) {
            closer += instants.get(i) - instants.get(i - 1) < mean * 1e9 ? 1 : 0;
        }

        assertThat(instants).hasSizeBetween(19_500, 20_500);
        assertThat((double) closer / instants.size()).isBetween(0.61, 0.65); // 1 - 1/e of an exponential distribution
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(OpenLoad.poisson(50, 5, 3))
                .isEqualTo(OpenLoad.poisson(50, 5, 3))
                .isNotEqualTo(OpenLoad.poisson(50, 5, 4));
    }

    @Test
    void sendsEachOnceAndNotesWhatCameOfIt() throws InterruptedException {
        var results = OpenLoad.play(
                new Pace(System::nanoTime), List.of(0L, 1_000L, 2_000L), number -> number == 1 ? "503" : "");

        assertThat(results).hasSize(3).extracting(OpenLoad.Result::at).containsExactlyInAnyOrder(0L, 1_000L, 2_000L);
        assertThat(results.stream().filter(OpenLoad.Result::good)).hasSize(2);
    }

    @Test
    void isBadWhenItFailedOrCameLaterThanHalfASecond() {
        assertThat(new OpenLoad.Result(0, 500_000_000L, "").bad()).isFalse();
        assertThat(new OpenLoad.Result(0, 500_000_001L, "").bad()).isTrue();
        assertThat(new OpenLoad.Result(0, 1_000, "503").bad()).isTrue();
    }

    @Test
    void takesNoTimeOfWhatFailed() {
        var results = List.of(new OpenLoad.Result(0, 40_000_000L, ""), new OpenLoad.Result(1, 5_000_000_000L, "503"));

        assertThat(OpenLoad.millis(results).at(1)).isEqualTo(40);
        assertThat(OpenLoad.bad(results)).isEqualTo(1);
    }
}
