package de.doppelboden.continuity.simulation.webapp;

import java.util.EnumSet;
import java.util.stream.LongStream;

/** Plays histories by hand: {@code --seed N} with a trace, {@code --from N --seeds N} many, {@code --bug NAME} with a planted bug. */
public final class WebAppMain {

    private WebAppMain() {}

    public static void main(String[] args) {
        var bugs = EnumSet.noneOf(WebAppBug.class);
        var seed = -1L;
        var from = 1L;
        var seeds = 100L;
        for (var i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                case "--from" -> from = Long.parseLong(args[i + 1]);
                case "--seeds" -> seeds = Long.parseLong(args[i + 1]);
                case "--bug" -> bugs.add(WebAppBug.valueOf(args[i + 1]));
                default -> throw new IllegalArgumentException(args[i]);
            }
        }
        if (seed >= 0) {
            System.out.println(WebAppSimulation.run(seed, bugs, true));
            return;
        }
        var begun = System.nanoTime();
        var broken = LongStream.range(from, from + seeds)
                .parallel()
                .mapToObj(each -> WebAppSimulation.run(each, bugs, false))
                .filter(result -> !result.violations().isEmpty())
                .toList();
        broken.stream()
                .limit(15)
                .forEach(result -> System.out.printf("--seed %d %s%n", result.seed(), result.violations()));
        System.out.printf(
                "%d of %d histories broken, %.1f s%n", broken.size(), seeds, (System.nanoTime() - begun) / 1e9);
    }
}
