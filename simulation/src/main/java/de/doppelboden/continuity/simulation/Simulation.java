package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Mode;
import java.util.List;
import java.util.Set;

/** One history: from a seed to the list of promises that were broken in it. */
final class Simulation {

    private static final double TROUBLE_FROM = 3;
    private static final double TROUBLE_UNTIL = 26;
    private static final double CLERKS_UNTIL = 28;
    private static final double END = 38;

    private Simulation() {}

    /** What a run came to. */
    record Result(long seed, List<String> violations, int acknowledged, long epochs, long checks) {}

    static Result run(long seed, Set<Bug> bugs, boolean traced) {
        var world = new World(seed, bugs, traced);
        var mode = world.chance(0.9) ? Mode.AUTOMATIC : Mode.ADVISE;
        var city = new City(world, mode, world.chance(0.2));
        city.auditor.sharedCauseOnly = world.chance(0.2);
        city.gateways.get(0).start();
        if (world.chance(0.85)) {
            city.gateways.get(1).start();
        }
        new Clerks(world, city, world.between(4, 14), CLERKS_UNTIL);
        feed(world, city);
        var troubles = new Troubles(world, city, TROUBLE_FROM, TROUBLE_UNTIL);
        troubles.plan(city.auditor.sharedCauseOnly);
        world.after(TROUBLE_UNTIL + 0.5, troubles::heal);
        world.runUntil((long) (END * 1e9));
        if (world.violations.isEmpty()) {
            city.auditor.close();
        }
        return new Result(
                seed,
                List.copyOf(world.violations),
                city.auditor.acknowledgedActs(),
                city.store.ownership().epoch(),
                city.auditor.checks);
    }

    private static void feed(World world, City city) {
        world.after(1, () -> {
            if (city.store.up && city.primary.health() == SideModel.Health.WELL) {
                city.store.feed(java.util.stream.IntStream.range(0, 6)
                        .mapToObj(City::record)
                        .collect(java.util.stream.Collectors.toSet()));
            }
            feed(world, city);
        });
    }
}
