package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.simulation.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One history of a web application: from a seed to the list of promises that were broken in it. */
final class WebAppSimulation {

    private static final double TROUBLE_FROM = 3;
    private static final double TROUBLE_UNTIL = 26;
    private static final double VISITORS_UNTIL = 60;
    private static final double END = 70;

    private static final JudgeSettings JUDGE = new JudgeSettings(
            Duration.ofDays(365),
            Duration.ofMillis(800),
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofMinutes(30));

    /** As in the product, but quick. */
    private static final ReturnSettings RETURNING = new ReturnSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(600),
            3,
            Duration.ofSeconds(3),
            1.5,
            3,
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofMillis(200));

    private WebAppSimulation() {}

    /** What a run came to. */
    record Result(long seed, List<String> violations, long writes, long classMoves, long checks) {}

    static Result run(long seed, Set<WebAppBug> bugs, boolean traced) {
        var world = new World(seed, bugs, traced);
        var mode = world.chance(0.9) ? Mode.AUTOMATIC : world.chance(0.5) ? Mode.OBSERVE : Mode.ADVISE;
        var shape = new Site.Shape(
                world.chance(0.5), world.chance(0.8), world.chance(0.5), 200, 0.02, 1, mode, JUDGE, RETURNING);
        var site = new Site(world, shape);
        var auditor = new WebAuditor(site, world.chance(0.3));
        site.watchedBy(auditor);
        site.gate.start();
        var visitors = new Visitors(site, world.between(4, 30), VISITORS_UNTIL);
        var troubles = new WebTroubles(site, visitors, auditor, TROUBLE_FROM, TROUBLE_UNTIL);
        troubles.plan(auditor.innocent);
        world.after(TROUBLE_UNTIL + 0.5, troubles::heal);
        world.runUntil((long) (END * 1e9));
        if (world.violations.isEmpty()) {
            auditor.close();
        }
        return new Result(seed, List.copyOf(world.violations), auditor.writes, auditor.moves, auditor.checks);
    }
}
