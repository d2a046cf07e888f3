package de.doppelboden.continuity.judge;

import java.util.Arrays;

/**
 * How long one class's answers take at one side in ordinary times: its own history, with exponential forgetting, in steps of a fifth.
 * Like {@link BaseRate} it learns two batches later, so that the first moments of an illness do not become history.
 */
final class UsualWait {

    private static final int STEPS_PER_DOUBLING = 4;
    private static final long SHORTEST_NANOS = 20_000_000L;
    private static final int STEPS = 32;
    private static final double KNOWN_FROM = 100;
    private static final double RARE = 0.01;

    private final double historyNanos;
    private final double[] history = new double[STEPS];
    private int[] last = new int[STEPS];
    private int[] batch = new int[STEPS];
    private long rarelyLonger = Long.MAX_VALUE;

    UsualWait(long historyNanos) {
        this.historyNanos = historyNanos;
    }

    void note(long nanos) {
        batch[step(nanos)]++;
    }

    /** @param ordinary whether these are ordinary times; else this batch and the one before are no history */
    void close(boolean ordinary, long batchNanos) {
        var kept = Math.exp(-batchNanos / historyNanos);
        var all = 0.0;
        for (var step = 0; step < STEPS; step++) {
            history[step] = history[step] * kept + (ordinary ? last[step] : 0);
            all += history[step];
        }
        if (!ordinary) {
            Arrays.fill(batch, 0);
        }
        var free = last;
        last = batch;
        batch = free;
        Arrays.fill(batch, 0);
        rarelyLonger = all < KNOWN_FROM ? Long.MAX_VALUE : upperEnd(rare(all));
    }

    /** Nanoseconds that one answer in a hundred takes longer than; as long as that is not known, more than any. */
    long rarelyLonger() {
        return rarelyLonger;
    }

    private int rare(double all) {
        var longer = 0.0;
        for (var step = STEPS - 1; step > 0; step--) {
            longer += history[step];
            if (longer > RARE * all) {
                return step;
            }
        }
        return 0;
    }

    private static int step(long nanos) {
        var doublings = Math.log((double) Math.max(nanos, SHORTEST_NANOS) / SHORTEST_NANOS) / Math.log(2);
        return Math.min((int) (doublings * STEPS_PER_DOUBLING), STEPS - 1);
    }

    private static long upperEnd(int step) {
        return (long) (SHORTEST_NANOS * Math.pow(2, (step + 1.0) / STEPS_PER_DOUBLING));
    }
}
