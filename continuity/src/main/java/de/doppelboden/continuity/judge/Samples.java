package de.doppelboden.continuity.judge;

import java.time.Duration;
import java.util.function.IntPredicate;

/** The last outcomes on one side, of one class or of all: what stands for "at the same time" when the other side is weighed. */
final class Samples {

    private static final long FAR = Long.MAX_VALUE / 4;

    /** Of these at most the chance is made up, so that it follows a change within few samples. */
    private static final int USED = 16;

    static final long RECENT_NANOS = 3_000_000_000L;
    private static final int RECENT_AT_LEAST = 5;

    /** Whoever asks once more has an answer by then, mostly. */
    private static final long KNOWN_NANOS = 500_000_000L;

    /**
     * What unknown samples would weigh: two good ones make a chance of 80 %, and that a side does not fail needs some more.
     */
    private static double doubt(Grade what) {
        return switch (what) {
            case NONE, LATE, SLOW -> 0.5;
            case FAILED, QUICK -> 1;
        };
    }

    private final int most;
    private final long[] begin;
    private final long[] end;
    private final Grade[] grade;
    private final Grade[] beside;

    /** Until then it is not counted among the recent ones. */
    private final long[] excused;

    /** The latest of each sample and all before it: where a look back may stop. */
    private final long[] latestBegin;

    private final long[] latestEnd;
    private int newest;
    private int kept;

    /** Requests under way that have already waited past half their budget, and past all of it; counted anew in each pass. */
    int slowUnderWay;

    int lateUnderWay;

    /** When the earliest of them was begun: what was seen before says nothing of now. */
    private long overdueSince;

    private long pass;

    /** @param most how many are kept */
    Samples(int most) {
        this.most = most;
        this.begin = new long[most];
        this.end = new long[most];
        this.grade = new Grade[most];
        this.beside = new Grade[most];
        this.excused = new long[most];
        this.latestBegin = new long[most];
        this.latestEnd = new long[most];
        this.newest = most - 1;
    }

    void nextPass(long now) {
        pass = now;
        slowUnderWay = 0;
        lateUnderWay = 0;
    }

    void overdue(Grade grade, long begun) {
        overdueSince = slowUnderWay == 0 || begun - overdueSince < 0 ? begun : overdueSince;
        slowUnderWay++;
        if (grade == Grade.LATE) {
            lateUnderWay++;
        }
    }

    private long counting(Grade what, long nanos) {
        var stale = slowUnderWay > 0 && overdueSince - nanos > 0 && !(what == Grade.NONE && usualWait());
        return stale ? overdueSince : nanos;
    }

    /** What is under way has not waited longer than others that were answered in the end. */
    private boolean usualWait() {
        var longest = 0L;
        for (var back = 0; back < Math.min(kept, USED); back++) {
            var at = at(back);
            longest = grade[at] == Grade.NONE ? longest : Math.max(longest, end[at] - begin[at]);
        }
        return 2 * (pass - overdueSince) <= 3 * longest;
    }

    /**
     * @param other what it counts as when the other side is weighed, {@link Grade#beside}
     * @param perhapsTheirs it may be its sender's error, which will be known in a moment
     */
    void add(long begun, long ended, Grade what, Grade other, boolean perhapsTheirs) {
        var before = newest;
        newest = (newest + 1) % most;
        begin[newest] = begun;
        end[newest] = ended;
        grade[newest] = what;
        beside[newest] = other;
        excused[newest] = perhapsTheirs ? ended + KNOWN_NANOS : ended;
        latestBegin[newest] = kept == 0 ? begun : later(begun, latestBegin[before]);
        latestEnd[newest] = kept == 0 ? ended : later(ended, latestEnd[before]);
        kept = Math.min(kept + 1, most);
    }

    /** How many were begun since then. */
    int since(long nanos) {
        return since(Grade.SLOW, nanos);
    }

    /** How many were begun since then, and can tell whether this side does better than that. */
    int since(Grade what, long nanos) {
        var found = 0;
        var from = counting(what, nanos);
        for (var back = 0; back < kept && found < USED; back++) {
            var at = at(back);
            if (latestBegin[at] - from < 0) {
                break;
            }
            if (begin[at] - from >= 0) {
                found++;
            }
        }
        return found;
    }

    /** The probability that a request begun since then got better than that, by the latest samples; 0 without any. */
    double chanceOfBetterThan(Grade what, long nanos) {
        return chanceOfBetterThan(what, nanos, nanos + FAR);
    }

    double chanceOfBetterThan(Grade what, long nanos, long until) {
        var better = 0;
        var used = 0;
        var from = counting(what, nanos);
        for (var back = 0; back < kept && used < USED; back++) {
            var at = at(back);
            if (latestBegin[at] - from < 0) {
                break;
            }
            if (begin[at] - from >= 0 && begin[at] - until <= 0) {
                used++;
                if (what.worseThan(beside[at])) {
                    better++;
                }
            }
        }
        var open = what == Grade.SLOW ? slowUnderWay : what == Grade.NONE && usualWait() ? 0 : lateUnderWay;
        return better / (used + open + doubt(what));
    }

    /** How many that were begun in this time got better than that. */
    int better(Grade what, long nanos, long until) {
        var better = 0;
        var from = counting(what, nanos);
        for (var back = 0; back < kept; back++) {
            var at = at(back);
            if (latestBegin[at] - from < 0) {
                break;
            }
            if (begin[at] - from >= 0 && begin[at] - until <= 0 && what.worseThan(beside[at])) {
                better++;
            }
        }
        return better;
    }

    /** How many that were begun in this time failed. */
    int failed(long nanos, long until) {
        var failed = 0;
        for (var back = 0; back < kept; back++) {
            var at = at(back);
            if (latestBegin[at] - nanos < 0) {
                break;
            }
            if (begin[at] - nanos >= 0 && begin[at] - until <= 0 && grade[at] == Grade.FAILED) {
                failed++;
            }
        }
        return failed;
    }

    /** An upper bound (two standard deviations) of the share of failed requests among those that ended since then. */
    double failuresAtMost(long nanos) {
        var failed = 0.5;
        var used = 1.0;
        for (var back = 0; back < kept; back++) {
            var at = at(back);
            if (latestEnd[at] - nanos < 0) {
                break;
            }
            if (end[at] - nanos >= 0) {
                used++;
                if (grade[at].worseThan(Grade.LATE)) {
                    failed++;
                }
            }
        }
        var mean = failed / used;
        return Math.min(0.95, mean + 2 * Math.sqrt(mean * (1 - mean) / used));
    }

    /**
     * Of the one that was begun and ended then it is known whose error it is.
     *
     * @param theirs its sender's
     */
    void known(long begun, long ended, boolean theirs) {
        for (var back = 0; back < kept; back++) {
            var at = at(back);
            if (begin[at] == begun && end[at] == ended) {
                excused[at] = theirs ? ended + FAR : ended;
                return;
            }
        }
    }

    /** Those that ended in the last seconds, or the last few if those are fresh; without their senders' errors. */
    Tally recent(long now, Duration fresh) {
        return ended(now - RECENT_NANOS, RECENT_AT_LEAST, now - fresh.toNanos(), at -> excused[at] - now > 0);
    }

    Tally endedSince(long nanos) {
        return ended(nanos, 0, nanos, at -> false);
    }

    private Tally ended(long nanos, int least, long oldest, IntPredicate leftOut) {
        var good = 0;
        var nothing = 0;
        var all = 0;
        for (var back = 0; back < kept; back++) {
            var at = at(back);
            var latest = latestEnd[at];
            if (latest - oldest < 0 || latest - nanos < 0 && all >= least) {
                break;
            }
            var ended = end[at];
            if (ended - oldest < 0 || ended - nanos < 0 && all >= least || leftOut.test(at)) {
                continue;
            }
            all++;
            switch (grade[at]) {
                case QUICK, SLOW -> good++;
                case FAILED, NONE -> nothing++;
                case LATE -> {}
            }
        }
        return new Tally(good, nothing, all);
    }

    private int at(int back) {
        return Math.floorMod(newest - back, most);
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /**
     * A handful of outcomes.
     *
     * @param nothing failed or got no answer
     */
    record Tally(int good, int nothing, int all) {}
}
