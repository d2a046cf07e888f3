package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.simulation.World;
import java.util.ArrayDeque;

/** What is due after always the same time: cheaper than an event of the world for each of them. */
final class Timers {

    private record Due(long at, Runnable what) {}

    private final World world;
    private final double seconds;
    private final ArrayDeque<Due> waiting = new ArrayDeque<>();

    Timers(World world, double seconds) {
        this.world = world;
        this.seconds = seconds;
    }

    void start(Runnable what) {
        waiting.add(new Due(world.now() + (long) (seconds * 1e9), what));
        if (waiting.size() == 1) {
            world.after(seconds, this::ring);
        }
    }

    private void ring() {
        while (!waiting.isEmpty() && waiting.peek().at() <= world.now()) {
            waiting.peek().what().run(); // stays until it has run, so that what it starts does not ring as well
            waiting.remove();
        }
        if (!waiting.isEmpty()) {
            world.after((waiting.peek().at() - world.now()) / 1e9 + 1e-9, this::ring);
        }
    }
}
