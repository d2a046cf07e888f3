package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.simulation.World;
import java.util.Set;

/** Measures how long visitors are left on a primary that has fallen ill. */
public final class Detection {

    private Detection() {}

    /** How it falls ill. */
    public enum Illness {
        FAILS_ONE_IN_FIVE,
        FAILS_ONE_IN_TWENTY,
        HANGS,
        REFUSES,
        LIMPS
    }

    /**
     * How the site is used.
     *
     * @param warmSeconds how long all is well before
     * @param atMostSeconds how long is waited for visitors to be moved
     */
    public record Use(double perSecond, double probeSeconds, double warmSeconds, double atMostSeconds) {}

    /** From the beginning of the illness until all visitors are served by the standby, in seconds; endless if they are not in time. */
    public static double secondsUntilLeft(long seed, Illness illness, Use use) {
        var world = new World(seed, Set.of(), false);
        var site = new Site(world, Site.Shape.USUAL.probedEvery(use.probeSeconds()));
        var begin = world.seconds() + use.warmSeconds();
        var end = begin + use.atMostSeconds();
        new Visitors(site, use.perSecond(), end);
        var watch = new Moved(world);
        site.watchedBy(watch);
        site.gate.start();
        world.after(use.warmSeconds(), () -> fall(site.primary, illness));
        world.runUntil((long) (begin * 1e9));
        while (watch.at < 0 && world.seconds() < end) {
            world.runUntil(world.now() + 1_000_000_000L);
        }
        return watch.at < begin ? Double.POSITIVE_INFINITY : watch.at - begin;
    }

    private static void fall(WebServer server, Illness illness) {
        switch (illness) {
            case FAILS_ONE_IN_FIVE -> server.failing = 0.2;
            case FAILS_ONE_IN_TWENTY -> server.failing = 0.05;
            case HANGS -> server.hangs = true;
            case REFUSES -> server.die();
            case LIMPS -> server.limp(1, 0.5);
        }
    }

    private static final class Moved implements Watcher {

        private final World world;
        private double at = -1;

        private Moved(World world) {
            this.world = world;
        }

        @Override
        public void decided(State before, Decision decision, Set<String> movedBefore) {
            if (decision.action() == Decision.Action.FAIL_OVER && before.serving() == Side.PRIMARY && at < 0) {
                at = world.seconds();
            }
        }
    }
}
