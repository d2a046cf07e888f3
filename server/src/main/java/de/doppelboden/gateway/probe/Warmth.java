package de.doppelboden.gateway.probe;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How warm the standby's process is. A JVM translates what it has done some hundred times (its first compiler after 200 calls), and
 * the first user of a switch is not to wait for that.
 */
final class Warmth {

    /** Each of the standby's four or five asks some 250 times. */
    private static final int WARM = 1_200;

    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean serving;

    /** Whether it gets warmer by being asked: error pages are not what users will need. */
    boolean canBeWarmed() {
        return serving && served.get() < WARM;
    }

    void served() {
        served.incrementAndGet();
        serving = true;
    }

    void refused() {
        serving = false;
    }

    /** Nobody listens: when somebody does again, it is a new process. */
    void unreachable() {
        serving = false;
        served.set(0);
    }
}
