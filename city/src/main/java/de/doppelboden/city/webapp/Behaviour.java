package de.doppelboden.city.webapp;

/**
 * What a side does with one request at one instant.
 *
 * @param extraMillis before it begins with it
 * @param slots requests that it works at side by side
 * @param slowness times its usual service time
 */
public record Behaviour(Mode mode, double extraMillis, int slots, double slowness) {

    public enum Mode {
        ANSWERS,
        FAILS,
        HANGS
    }

    private static final int SLOTS = 16;

    public static final Behaviour FINE = new Behaviour(Mode.ANSWERS, 0, SLOTS, 1);
    public static final Behaviour FAILING = new Behaviour(Mode.FAILS, 0, SLOTS, 1);
    public static final Behaviour HANGING = new Behaviour(Mode.HANGS, 0, SLOTS, 1);

    public static Behaviour later(double millis) {
        return new Behaviour(Mode.ANSWERS, millis, SLOTS, 1);
    }

    /** So many side by side, each so much slower than usual. */
    public static Behaviour reduced(int slots, double slowness) {
        return new Behaviour(Mode.ANSWERS, 0, slots, slowness);
    }
}
