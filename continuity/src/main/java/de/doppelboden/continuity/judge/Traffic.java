package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Source;
import java.time.Duration;

/** How many requests come and go on one side: their rate, and whether the side is busy with more than it usually gets. */
final class Traffic {

    private static final int TICKS = 5;
    private static final int LONGER_TICKS = 20;
    private static final double RATE_AT_LEAST = 0.1;
    private static final double RATE_AT_MOST = 20_000;
    private static final double NEW_BATCH = 0.2;

    /** A side that answers so much more than usual is not ill: it works off what has come. */
    private static final double MORE_THAN_EVER = 1.5;

    /** So many more than usual come that any side would be late, if this one still answers about as many as usual. */
    private static final double SURGE = 3;

    private static final double AS_EVER = 0.8;

    /** Standard deviations that chance does not explain. */
    private static final double BEYOND_CHANCE = 3;

    private final int[] begun = new int[LONGER_TICKS];
    private final int[] answered = new int[LONGER_TICKS];
    private final int[] usersBegun = new int[LONGER_TICKS];
    private final int[] usersAnswered = new int[LONGER_TICKS];
    private int tick;
    private long batch;
    private double rate = 10;
    private boolean measured;
    private final UsualTraffic usual;
    private final double longerSeconds;

    int underWay;
    long oldestBegin;

    Traffic(Duration tick, UsualTraffic usual) {
        this.usual = usual;
        this.longerSeconds = LONGER_TICKS * tick.toNanos() / 1e9;
    }

    void nextTick() {
        tick = (tick + 1) % LONGER_TICKS;
        begun[tick] = 0;
        answered[tick] = 0;
        usersBegun[tick] = 0;
        usersAnswered[tick] = 0;
        underWay = 0;
    }

    void begun(Source source) {
        begun[tick]++;
        batch++;
        if (source == Source.USER) {
            usersBegun[tick]++;
            usual.begun();
        }
    }

    void answered(Source source) {
        answered[tick]++;
        if (source == Source.USER) {
            usersAnswered[tick]++;
        }
    }

    void underWay(long begin) {
        oldestBegin = underWay == 0 || begin - oldestBegin < 0 ? begin : oldestBegin;
        underWay++;
    }

    /** It is recovering from a pause, or has more to do than usual and does it: who waits there waits for no illness. */
    boolean busy() {
        return draining() || overrun();
    }

    /** Clearly more answers than new requests in the last passes. */
    private boolean draining() {
        var net = 0;
        for (var back = 0; back < TICKS; back++) {
            var at = Math.floorMod(tick - back, LONGER_TICKS);
            net += answered[at] - begun[at];
        }
        return net >= Math.max(3, underWay / 4);
    }

    /** Users come in numbers that this side has not had, or came just now, and it answers no fewer than ever. */
    private boolean overrun() {
        if (!usual.known() || underWay == 0) {
            return false;
        }
        var came = 0;
        var went = 0;
        for (var i = 0; i < LONGER_TICKS; i++) {
            came += usersBegun[i];
            went += usersAnswered[i];
        }
        var expected = usual.perSecond() * longerSeconds;
        var chance = BEYOND_CHANCE * Math.sqrt(expected + 1);
        return went >= MORE_THAN_EVER * expected + chance
                || came >= SURGE * expected + chance && went >= AS_EVER * expected;
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
