package de.doppelboden.continuity.judge;

/**
 * How often something bad happens to a class in ordinary times: its own history, with exponential forgetting. Observations
 * wait for two batches, so that the first moments of an illness do not become history.
 */
final class BaseRate {

    /** A class without history is taken for one with 200 good requests and half a bad one. */
    private static final double PRIOR_BAD = 0.5;

    private static final double PRIOR = 200;
    private static final double LEAST = 0.002;
    private static final double MOST = 0.9;

    private final double historyNanos;
    private double bad;
    private double all;
    private double lastBad;
    private double lastAll;
    private double batchBad;
    private double batchAll;

    BaseRate(long historyNanos) {
        this.historyNanos = historyNanos;
    }

    void note(boolean isBad) {
        batchAll++;
        if (isBad) {
            batchBad++;
        }
    }

    /** @param ordinary whether these are ordinary times; else this batch and the one before are no history */
    void close(boolean ordinary, long batchNanos) {
        var kept = Math.exp(-batchNanos / historyNanos);
        bad = bad * kept + (ordinary ? lastBad : 0);
        all = all * kept + (ordinary ? lastAll : 0);
        lastBad = ordinary ? batchBad : 0;
        lastAll = ordinary ? batchAll : 0;
        batchBad = 0;
        batchAll = 0;
    }

    double rate() {
        return Math.clamp((bad + PRIOR_BAD) / (all + PRIOR), LEAST, MOST);
    }
}
