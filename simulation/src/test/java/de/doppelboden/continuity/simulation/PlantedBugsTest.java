package de.doppelboden.continuity.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who watches the watchman: each planted bug breaks a promise in some of the same histories that correct code survives. */
class PlantedBugsTest {

    private static final long SEEDS = 10_000;

    @ParameterizedTest
    @EnumSource(Bug.class)
    void isFoundByTheSeeds(Bug bug) {
        var found = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Simulation.run(seed, EnumSet.of(bug), false))
                .filter(result -> !result.violations().isEmpty())
                .findAny();

        assertThat(found).as(bug.name()).isPresent();
        found.ifPresent(result -> System.out.printf(
                "%s: seed %d %s%n", bug, result.seed(), result.violations().getFirst()));
    }
}
