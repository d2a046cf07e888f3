package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Source;

/** What has ended since something began to look ill, as it was: nothing of it is let go, or weighs less with time. */
final class Seen {

    /** One in 50. */
    private static final double HARDLY_CHANCE = 4;

    private static final double MOST_SHARE = 0.9;
    private static final double[] MISSING = {0.5, 0.99};
    private static final int MOSTLY_AT_LEAST = 3;

    private int bad;
    private int good;
    private int users;
    private int usersBad;
    private int failed;
    private int alone;
    private int otherwise;
    private int served;

    void good(Flight flight) {
        good++;
        users += flight.source == Source.USER ? 1 : 0;
    }

    void bad(Suspicion.Kind kind, Flight flight) {
        bad++;
        if (flight.source == Source.USER) {
            users++;
            usersBad++;
        }
        worse(kind);
    }

    /** What was counted as late has turned out worse. */
    void worse(Suspicion.Kind kind) {
        failed += kind.grade == Grade.FAILED ? 1 : 0;
        alone += kind.alone() ? 1 : 0;
    }

    /** What was counted as failed was answered well, but not as its user was answered by the other side. */
    void answeredOtherwise() {
        otherwise++;
    }

    /** A user's request was answered well. */
    void served() {
        served++;
    }

    int bad() {
        return bad;
    }

    int all() {
        return bad + good;
    }

    /** Of {@link #all} those that users asked for; the others are ours: probes, hedges, mirrored reads. */
    int ofUsers() {
        return users;
    }

    int badOfUsers() {
        return usersBad;
    }

    int otherwise() {
        return otherwise;
    }

    /** Whoever waited for these got what he asked for, in time or late. */
    private int right() {
        return served + bad - failed;
    }

    /** Most of what has ended was wrong; what was right and only late was not. */
    boolean mostlyBad() {
        return alone >= MOSTLY_AT_LEAST && alone > 2 * right();
    }

    /**
     * Whether it is no chance that the other side fails less often: when something fails on both in some cases, one of them has the
     * luck to fail less.
     *
     * @param doneWell by the other side, {@link Suspicion#lately}
     * @param failedThere by the other side, lately
     * @param oneOfMany whether this is about a class, not all of a side
     */
    boolean failsApart(int doneWell, int failedThere, boolean oneOfMany) {
        return Luck.isNoChance(failed, all(), failedThere, doneWell + failedThere, oneOfMany);
    }

    /** The same for what takes too long, which must last besides. */
    boolean isSlowApart(int doneWell) {
        var share = Math.min((double) bad / Math.max(1, all()), MOST_SHARE);
        return -doneWell * Math.log(1 - share) >= HARDLY_CHANCE;
    }

    /**
     * The log likelihood ratio of "half, or nearly all, of what should have been answered well is missing" against "as many as ever
     * are answered well, whatever else fails".
     *
     * @param expected how many there should have been
     */
    double missesGood(double expected) {
        var best = 0.0;
        for (var p : MISSING) {
            best = Math.max(best, p * expected + right() * Math.log(1 - p));
        }
        return best;
    }

    void clear() {
        bad = 0;
        good = 0;
        users = 0;
        usersBad = 0;
        failed = 0;
        alone = 0;
        otherwise = 0;
        served = 0;
    }
}
