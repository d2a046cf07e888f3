package de.doppelboden.continuity.simulation.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Some hundred histories of a web application; {@code -Dseed=N} repeats one with a trace, {@code -Dseeds=N} plays more. */
class WebAppSimulatorTest {

    private static final long SEEDS = Long.getLong("seeds", 250);
    private static final long SEEDS_FOR_A_BUG = 1_000;

    @Test
    void keepsItsPromisesInEveryHistory() {
        var one = Long.getLong("seed");
        if (one != null) {
            assertThat(WebAppSimulation.run(one, Set.of(), true).violations()).isEmpty();
            return;
        }
        var writes = new LongAdder();
        var moves = new LongAdder();
        var broken = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> WebAppSimulation.run(seed, Set.of(), false))
                .peek(result -> {
                    writes.add(result.writes());
                    moves.add(result.classMoves());
                })
                .filter(result -> !result.violations().isEmpty())
                .map(result -> "--seed %d %s".formatted(result.seed(), result.violations()))
                .toList();

        assertThat(broken).as("repeat one with -Dseed=N").isEmpty();
        assertThat(writes.sum()).as("visitors wrote something").isPositive();
        assertThat(moves.sum()).as("classes were moved alone").isPositive();
    }

    /** Who watches the watchman: each planted bug breaks a promise in some of the histories that are kept without it. */
    @ParameterizedTest
    @EnumSource(WebAppBug.class)
    void aPlantedBugIsFoundByTheSeeds(WebAppBug bug) {
        var found = LongStream.rangeClosed(1, SEEDS_FOR_A_BUG)
                .parallel()
                .mapToObj(seed -> WebAppSimulation.run(seed, EnumSet.of(bug), false))
                .filter(result -> !result.violations().isEmpty())
                .filter(result -> WebAppSimulation.run(result.seed(), Set.of(), false)
                        .violations()
                        .isEmpty())
                .findAny();

        assertThat(found).as(bug.name()).isPresent();
        found.ifPresent(result -> System.out.printf(
                "%s: seed %d %s%n", bug, result.seed(), result.violations().getFirst()));
    }
}
