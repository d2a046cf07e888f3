package de.doppelboden.continuity.judge;

/**
 * How many requests a second users usually make of a service, whichever side serves them. It follows a morning within some minutes,
 * and a burst of some seconds hardly.
 */
final class UsualTraffic {

    private static final double RISING = 0.05;
    private static final double FALLING = 0.01;
    private static final int KNOWN_AFTER = 4;

    private long batch;
    private int batches;
    private double perSecond;

    void begun() {
        batch++;
    }

    void close(double seconds) {
        var seen = batch / seconds;
        batches++;
        perSecond += Math.max(seen > perSecond ? RISING : FALLING, 1.0 / batches) * (seen - perSecond);
        batch = 0;
    }

    boolean known() {
        return batches >= KNOWN_AFTER;
    }

    double perSecond() {
        return perSecond;
    }
}
