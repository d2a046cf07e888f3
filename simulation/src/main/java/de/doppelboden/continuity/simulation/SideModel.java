package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Outcome;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** A server with slots and a queue, and the ways in which it can be ill. */
final class SideModel {

    /** How it is. */
    enum Health {
        WELL,
        /** Refuses connections. */
        DEAD,
        /** Takes requests and never answers. */
        HANGS,
        /** Two seconds slower, whatever it does. */
        SLOW,
        /** Single requests are quick, but it does only three a second. */
        LIMPS,
        /** Most answers are errors; some of these had their effect. */
        FAILS,
        /** Answers 200 with an error page, without any effect. */
        LIES
    }

    private static final int SLOTS = 8;

    /** A server notices that nobody waits any more, so that an illness does not leave a mountain of work behind. */
    private static final long GIVEN_UP_NANOS = 2_000_000_000L;

    private static final long SLOW_NANOS = 2_200_000_000L;

    final String name;
    private final World world;
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private Health health = Health.WELL;
    private long healthSince;
    private long illness;
    private int busy;
    private int generation;

    /** Requests that were begun slow are not waited for by those that come after. */
    private int slowness;

    SideModel(String name, World world) {
        this.name = name;
        this.world = world;
        this.healthSince = world.now();
    }

    void become(Health next) {
        if (next == health) {
            return;
        }
        world.trace(name + " becomes " + next);
        if (next == Health.SLOW || health == Health.SLOW) {
            busy = 0;
            slowness++;
        }
        if (next == Health.DEAD || health == Health.DEAD) {
            generation++;
            queue.clear();
            busy = 0;
        }
        if (health == Health.WELL || next == Health.WELL) {
            illness++;
        }
        health = next;
        healthSince = world.now();
        serve();
    }

    Health health() {
        return health;
    }

    double secondsSince() {
        return (world.now() - healthSince) / 1e9;
    }

    /** Its present illness or wellness, to see whether it has changed meanwhile. */
    long spell() {
        return illness;
    }

    /**
     * One request.
     *
     * @param effect what it does when it is carried out; says whether the answer is good
     */
    void ask(Effect effect, Consumer<Outcome> answer) {
        if (health == Health.DEAD) {
            world.after(0.001, () -> answer.accept(Outcome.NONE));
            return;
        }
        var born = generation;
        var given = world.now();
        queue.add(() -> begin(effect, answer, born, given));
        serve();
    }

    private void begin(Effect effect, Consumer<Outcome> answer, int born, long given) {
        var slow = slowness;
        world.after(world.now() - given > GIVEN_UP_NANOS ? 0 : workSeconds(), () -> {
            if (generation == born) {
                busy -= slow == slowness ? 1 : 0;
                if (world.now() - given <= GIVEN_UP_NANOS + SLOW_NANOS) {
                    finish(effect, answer);
                }
                serve();
            }
        });
    }

    /** What carrying a request out does. */
    interface Effect {
        boolean carryOut();
    }

    private double workSeconds() {
        return switch (health) {
            case SLOW -> world.between(2.0, 2.1);
            case LIMPS -> 0.33;
            case WELL, DEAD, HANGS, FAILS, LIES -> world.between(0.005, 0.03);
        };
    }

    private void finish(Effect effect, Consumer<Outcome> answer) {
        switch (health) {
            case WELL, SLOW, LIMPS -> answer.accept(effect.carryOut() ? Outcome.IN_BUDGET : Outcome.FAILED);
            case FAILS -> {
                if (world.chance(0.2)) {
                    answer.accept(effect.carryOut() ? Outcome.IN_BUDGET : Outcome.FAILED);
                } else {
                    if (world.chance(0.3)) {
                        effect.carryOut();
                    }
                    answer.accept(Outcome.FAILED);
                }
            }
            case LIES -> answer.accept(world.has(Bug.LIES_ARE_BELIEVED) ? Outcome.IN_BUDGET : Outcome.FAILED);
            case HANGS, DEAD -> {}
        }
    }

    private void serve() {
        var slots = health == Health.LIMPS ? 1 : health == Health.SLOW ? 1_000 : SLOTS;
        while (health != Health.HANGS && health != Health.DEAD && busy < slots && !queue.isEmpty()) {
            busy++;
            queue.remove().run();
        }
    }
}
