package de.doppelboden.continuity;

/** How many requests come and go on one side: their rate, and whether the side is catching up after a pause. */
final class Traffic {

    private static final int TICKS = 5;
    private static final double RATE_AT_LEAST = 0.1;
    private static final double RATE_AT_MOST = 20_000;
    private static final double NEW_BATCH = 0.2;

    private final int[] begun = new int[TICKS];
    private final int[] answered = new int[TICKS];
    private int tick;
    private long batch;
    private double rate = 10;
    private boolean measured;

    int underWay;
    long oldestBegin;

    void nextTick() {
        tick = (tick + 1) % TICKS;
        begun[tick] = 0;
        answered[tick] = 0;
        underWay = 0;
    }

    void begun() {
        begun[tick]++;
        batch++;
    }

    void answered() {
        answered[tick]++;
    }

    void underWay(long begin) {
        oldestBegin = underWay == 0 || begin - oldestBegin < 0 ? begin : oldestBegin;
        underWay++;
    }

    /** Clearly more answers than new requests in the last passes. */
    boolean draining() {
        var net = 0;
        for (var i = 0; i < TICKS; i++) {
            net += answered[i] - begun[i];
        }
        return net >= Math.max(3, underWay / 4);
    }

    void closeBatch(double seconds) {
        var seen = batch / seconds;
        rate = measured ? rate + NEW_BATCH * (seen - rate) : seen;
        measured = true;
        batch = 0;
    }

    /** Requests a second. */
    double rate() {
        return Math.clamp(rate, RATE_AT_LEAST, RATE_AT_MOST);
    }
}
