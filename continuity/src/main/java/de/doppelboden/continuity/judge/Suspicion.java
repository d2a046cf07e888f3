package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Operation;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What has been gathered against one class on one side since it began to look ill: a sequential test of "it fails no more
 * often than ever" against "it fails in 5, 20, 50, or nearly all of 100 cases".
 *
 * <p>It is a sum of log likelihood ratios (A. Wald, Sequential Tests of Statistical Hypotheses, 1945) that starts anew
 * whenever no hypothesis is better than chance (E. S. Page, Continuous Inspection Schemes, 1954). The mean time between
 * false alarms of such a sum is at least {@code e^threshold} observations (G. Lorden, 1971). Counts are kept instead of the
 * sum itself, because how much a bad outcome counts depends on what the other side gave at the same time, and that is often
 * known only a moment later.
 */
final class Suspicion {

    private static final double[] HYPOTHESES = {0.05, 0.2, 0.5, 0.99};

    /** What has failed at the other side so shortly before still speaks for a common cause. */
    private static final long LATELY_NANOS = 3_000_000_000L;

    /** A hypothesis must be well above the history to be told from it. */
    private static final double APART = 1.5;

    /** So many good ones in a row make a burst an old story. */
    private static final int CLEAR_RUN = 60;

    private static final int OVER = 6;
    private static final int OVER_SOON = 3;
    private static final int LATEST = 4;
    private static final long SHORTLY_NANOS = 300_000_000L;

    /** A sum is not raised beyond this multiple of the threshold, so that it can fall again in time. */
    private static final double HEADROOM = 1.4;

    /**
     * The same for what would be suspected if the other side were always better: far more, because of users' failures that may
     * be their own errors only a fifth or less speaks, and a bound on the whole would keep that from ever speaking.
     */
    private static final double RAW_HEADROOM = 14;

    /** Kinds of bad outcomes that weigh differently. */
    enum Kind {
        SLOW(Grade.SLOW),
        LATE(Grade.LATE),
        FAILED(Grade.FAILED),
        /** It was asked of this side only, and may be its sender's error; others of its kind are asked of both. */
        FAILED_ALONE(Grade.FAILED),
        /** The same, of a kind that is never asked of both sides. */
        FAILED_UNPAIRED(Grade.FAILED),
        NONE(Grade.NONE),
        /** No answer before it was given up, long after its time. */
        GIVEN_UP(Grade.LATE);

        final Grade grade;

        Kind(Grade grade) {
            this.grade = grade;
        }

        boolean alone() {
            return this == FAILED_ALONE || this == FAILED_UNPAIRED;
        }
    }

    private final double[] bad = new double[Kind.values().length];
    final Seen seen = new Seen();
    private double allBad;
    private double good;
    private double expected;
    private int goodInRow;
    private double lateBeforeSpell;
    private final Stretch stretch = new Stretch();
    private boolean raised;
    private long onset;
    private long troubled;
    private long lastBad;
    private double sinceOnset;
    private long lastBadBegun;
    private final long[] goodBegun = new long[OVER];
    private int goodNext;
    private int goodKept;
    private final long[] badBegun = new long[LATEST];
    private int badNumber;

    /** What a user's failed request of that operation is that was asked of one side only. */
    static Kind alone(Operation operation) {
        return operation.hedgeable() ? Kind.FAILED_ALONE : Kind.FAILED_UNPAIRED;
    }

    void good(double baseRate, Flight flight) {
        goodBegun[goodNext] = flight.begin;
        goodNext = (goodNext + 1) % OVER;
        goodKept = Math.min(goodKept + 1, OVER);
        if (!raised) {
            return;
        }
        good++;
        seen.good(flight);
        expected += baseRate;
        goodInRow++;
        if (goodInRow % CLEAR_RUN == 0) {
            scale(0.5);
        }
    }

    void bad(Kind kind, double baseRate, Flight flight, long now) {
        var begun = flight.begin;
        if (!raised) {
            raised = true;
            onset = begun;
            if (begun - lastBadBegun > LATELY_NANOS) {
                troubled = begun;
            }
        }
        if (begun - onset < 0) {
            sinceOnset += allBad * (onset - begun);
            onset = begun;
        }
        sinceOnset += begun - onset;
        stretch.bad(begun);
        bad[kind.ordinal()]++;
        allBad++;
        seen.bad(kind, flight);
        expected += baseRate;
        goodInRow = 0;
        if (allBad <= 1 || begun - lastBadBegun > 0) {
            lastBadBegun = begun;
        }
        lastBad = now;
        badBegun[Math.floorMod(badNumber++, LATEST)] = begun;
    }

    /** A request that was counted as late has turned out worse. */
    void worse(Kind kind) {
        if (raised && count(Kind.LATE) >= 1) {
            bad[Kind.LATE.ordinal()]--;
            bad[kind.ordinal()]++;
            seen.worse(kind);
        }
    }

    /** A request that was counted as failed was answered well, but not as its user was answered by the other side. */
    void otherwise() {
        if (raised) {
            seen.answeredOtherwise();
        }
    }

    /** A user's request was answered well. */
    void served() {
        if (raised) {
            seen.served();
        }
    }

    /** The other side is as bad at the same time: what was gathered and is not worse than that is taken back. */
    void sharedBy(Grade other) {
        if (!raised) {
            return;
        }
        for (var kind : Kind.values()) {
            if (!kind.grade.worseThan(other)) {
                sinceOnset *= (allBad - count(kind)) / Math.max(allBad, 1e-9);
                allBad -= count(kind);
                bad[kind.ordinal()] = 0;
            }
        }
        if (allBad < 0.01) {
            clear();
        }
    }

    /** One that failed and was asked of one side only has failed at the other as well. */
    void takeBack() {
        var alone = Kind.FAILED_ALONE.ordinal();
        if (raised && bad[alone] >= 1) {
            sinceOnset *= (allBad - 1) / Math.max(allBad, 1);
            bad[alone]--;
            allBad--;
            if (allBad < 0.01) {
                clear();
            }
        }
    }

    /** Drops what chance explains, bounds what is gathered; to be called after each batch of observations. */
    void settle(Supplier<Weights> weights, double threshold) {
        if (!raised) {
            return;
        }
        var raw = weigh(Weights.RAW);
        if (raw <= 0) {
            clear();
            return;
        }
        if (raw > HEADROOM * threshold) {
            var most = countAlone() > 0 ? RAW_HEADROOM : HEADROOM;
            var excess = Math.max(raw / (most * threshold), weigh(weights.get()) / (HEADROOM * threshold));
            if (excess > 1) {
                scale(1 / excess);
            }
        }
    }

    /** The strongest hypothesis' log likelihood ratio. */
    double weigh(Weights weights) {
        if (!raised) {
            return 0;
        }
        var base = expected / (allBad + good);
        var alone = Math.max(base, weights.errorsAtMost());
        var mostlyAlone = countAlone() > allBad / 2;
        var best = 0.0;
        for (var p : HYPOTHESES) {
            if (p < APART * base) {
                continue;
            }
            var each = Math.log(p / base);
            var sum = each
                            * (count(Kind.SLOW) * weights.slow()
                                    + count(Kind.LATE) * weights.late()
                                    + count(Kind.FAILED) * weights.failed()
                                    + count(Kind.NONE) * weights.none()
                                    + count(Kind.GIVEN_UP) * weights.givenUp())
                    + Math.max(0, Math.log(p / alone))
                            * (count(Kind.FAILED_ALONE) * weights.failedAlone()
                                    + count(Kind.FAILED_UNPAIRED) * weights.failedUnpaired())
                    + good * Math.log((1 - p) / (1 - (mostlyAlone ? Math.min(alone, p) : base)));
            best = Math.max(best, sum);
        }
        return best;
    }

    /** The part of it that is no matter of time: no answer at all, or a wrong one. */
    double weighHard(Weights weights) {
        return weigh(new Weights(
                0,
                0,
                weights.failed(),
                weights.failedAlone(),
                weights.failedUnpaired(),
                weights.none(),
                0,
                weights.errorsAtMost(),
                weights.known()));
    }

    /** The part that needs no second look: refused, reset, given up. */
    double weighNone(Weights weights) {
        return weigh(new Weights(0, 0, 0, 0, 0, weights.none(), 0, weights.errorsAtMost(), weights.known()));
    }

    /** Requests begin to wait on each other. */
    void spellBegins() {
        lateBeforeSpell = count(Kind.LATE);
    }

    /** They no longer do: those that were late in a short spell waited together and are one fact, not many. */
    void shortSpellEnds() {
        var gathered = count(Kind.LATE) - lateBeforeSpell;
        if (gathered > 1) {
            bad[Kind.LATE.ordinal()] -= gathered - 1;
            sinceOnset *= (allBad - gathered + 1) / allBad;
            allBad -= gathered - 1;
        }
    }

    /** What was gathered since then is void. */
    void voidSince(long nanos) {
        if (raised && lastBad - nanos >= 0) {
            clear();
        }
    }

    void halve() {
        if (raised) {
            scale(0.5);
        }
    }

    boolean raised() {
        return raised;
    }

    /**
     * When what is compared with the other side's failures begins there: what fails on both by turns clears this suspicion again and
     * again, and each time chance has another try; so not with the latest of these, unless all was well for a while before.
     */
    long lately() {
        var since = lastBadBegun - LATELY_NANOS;
        var trouble = since - troubled > 0 ? since : troubled;
        return trouble - onset < 0 ? trouble : onset;
    }

    /** What was begun since then was begun at the same time as that, or lately before, and at the same time as this. */
    long since(long begun) {
        var lately = begun - LATELY_NANOS;
        return lately - onset > 0 ? lately : onset;
    }

    /** When the first bad request was begun. */
    long onset() {
        return onset;
    }

    /**
     * The middle of the time in which the bad ones were begun: what stands for "at the same time" must not have been begun
     * before that.
     */
    long middle() {
        return allBad > 0 ? onset + (long) (sinceOnset / allBad) : onset;
    }

    /**
     * The same of a stretch of nothing but bad ones, if it is earlier: nothing of that is forgotten, so that what is asked of the other
     * side but now and then falls in the second half of a time that grows.
     */
    long middleOfStretch() {
        return stretch.middle(middle());
    }

    /** The next bad one begins another stretch. */
    void stretchEnds() {
        stretch.ends();
    }

    /** Shortly before the latest few bad ones, but not before the first. */
    long shortlyBefore() {
        var earliest = lastBadBegun;
        for (var i = 0; i < Math.min(seen.bad(), LATEST); i++) {
            earliest = badBegun[i] - earliest < 0 ? badBegun[i] : earliest;
        }
        return earliest - SHORTLY_NANOS - onset > 0 ? earliest - SHORTLY_NANOS : onset;
    }

    void onset(long nanos) {
        sinceOnset = Math.max(0, sinceOnset + allBad * (onset - nanos));
        stretchEnds();
        onset = nanos;
    }

    long lastBad() {
        return lastBad;
    }

    /** So many requests that were begun after the last bad one have been good: whatever it was, it may be over. */
    boolean over() {
        return goodSinceBad() >= OVER;
    }

    /** The same for slowness, of which the last victims are still waiting when it is over. */
    boolean overSoon() {
        return goodSinceBad() >= OVER_SOON;
    }

    private int goodSinceBad() {
        var later = 0;
        for (var i = 0; i < goodKept; i++) {
            later += goodBegun[i] - lastBadBegun > 0 ? 1 : 0;
        }
        return later;
    }

    /** When the last bad request was begun: a late one speaks of that time, not of now. */
    long lastBadBegun() {
        return lastBadBegun;
    }

    double baseRate() {
        return raised ? expected / (allBad + good) : 0;
    }

    void clear() {
        Arrays.fill(bad, 0);
        allBad = 0;
        good = 0;
        expected = 0;
        goodInRow = 0;
        raised = false;
        seen.clear();
        sinceOnset = 0;
        badNumber = 0;
        stretchEnds();
        lateBeforeSpell = 0;
    }

    private double countAlone() {
        return count(Kind.FAILED_ALONE) + count(Kind.FAILED_UNPAIRED);
    }

    private double count(Kind kind) {
        return bad[kind.ordinal()];
    }

    private void scale(double factor) {
        for (var kind = 0; kind < bad.length; kind++) {
            bad[kind] *= factor;
        }
        allBad *= factor;
        sinceOnset *= factor;
        lateBeforeSpell *= factor;
        good *= factor;
        expected *= factor;
    }
}
