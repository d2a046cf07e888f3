package de.doppelboden.continuity.simulation;

import java.util.EnumSet;
import java.util.stream.LongStream;

/** Plays histories by hand: {@code --seed N} with a trace, {@code --from N --seeds N} many, {@code --bug NAME} with a planted bug. */
public final class SimulationMain {

    private SimulationMain() {}

    public static void main(String[] args) {
        var bugs = EnumSet.noneOf(Bug.class);
        var seed = -1L;
        var from = 1L;
        var seeds = 100L;
        for (var i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                case "--from" -> from = Long.parseLong(args[i + 1]);
                case "--seeds" -> seeds = Long.parseLong(args[i + 1]);
                case "--bug" -> bugs.add(Bug.valueOf(args[i + 1]));
                default -> throw new IllegalArgumentException(args[i]);
            }
        }
        if (seed >= 0) {
            System.out.println(Simulation.run(seed, bugs, true));
            return;
        }
        var begun = System.nanoTime();
        var print = new java.util.concurrent.atomic.LongAdder();
        var broken = LongStream.range(from, from + seeds)
                .parallel()
                .mapToObj(each -> Simulation.run(each, bugs, false))
                .peek(result -> print.add(result.hashCode()))
                .filter(result -> !result.violations().isEmpty())
                .toList();
        broken.stream()
                .limit(15)
                .forEach(result -> System.out.printf("--seed %d %s%n", result.seed(), result.violations()));
        System.out.printf(
                "%d of %d histories broken, %.1f s, finger print %x%n",
                broken.size(), seeds, (System.nanoTime() - begun) / 1e9, print.sum());
    }
}
