package de.doppelboden.continuity;

import java.util.Optional;
import java.util.function.Supplier;

/** One class on one side, or all of a side, under the judge's eyes. */
final class Watch {

    private static final long BIN_NANOS = 100_000_000L;
    private static final long SHOWN_ILL_NANOS = 150_000_000L;

    /** Wrong answers must go on for so long: longer than a burst from one user's program. */
    private static final long BURST_NANOS = 250_000_000L;

    /** What the other side does well later than this after the last bad request may be the end of a common cause. */
    private static final long SAME_TIME_NANOS = 500_000_000L;

    /** Two pairs say more of a user's failed request than any number of other requests. */
    private static final int PAIRS_SPEAK = 2;

    final Samples samples = new Samples();

    /** What the other side gave for the very requests that failed here. */
    final Samples pairs = new Samples();

    final Suspicion slowness = new Suspicion();
    final Suspicion outcome = new Suspicion();
    private final BaseRate slowRate;
    private final BaseRate badRate;
    private long binEnds;
    private int goodInBin;
    private int badInBin;
    private boolean clear = true;
    private long spellBegan;
    private Speech heardBefore = Speech.NOTHING;

    Watch(long historyNanos) {
        slowRate = new BaseRate(historyNanos);
        badRate = new BaseRate(historyNanos);
    }

    /** @param baseRate of the class that the request belongs to, which may be only a part of what is watched here */
    void notedSlowness(boolean slow, double baseRate, long begun, long now) {
        slowRate.note(slow);
        if (!slow) {
            goodInBin++;
            slowness.good(baseRate, begun);
            return;
        }
        badInBin++;
        slowness.bad(Suspicion.Kind.SLOW, baseRate, begun, now);
        if (clear) {
            slowness.onset(begun);
            clear = false;
            spellBegan = begun;
            outcome.spellBegins();
        }
    }

    void notedGood(double baseRate, long begun) {
        badRate.note(false);
        outcome.good(baseRate, begun);
    }

    void notedBad(Suspicion.Kind kind, double baseRate, long begun, long now) {
        badRate.note(true);
        outcome.bad(kind, baseRate, begun, now);
    }

    double slowRate() {
        return slowRate.rate();
    }

    double badRate() {
        return badRate.rate();
    }

    /** After each pass: lets go of what chance explains, and of a slowness that is over. */
    void settle(Supplier<Weights> slow, Supplier<Weights> bad, double threshold, long span, long now) {
        if (now - binEnds >= 0) {
            if (goodInBin > 0 && badInBin == 0 && samples.slowUnderWay == 0) {
                slowness.halve();
                if (!clear && now - spellBegan < 2 * span) {
                    outcome.shortSpellEnds();
                }
                clear = true;
            }
            goodInBin = 0;
            badInBin = 0;
            binEnds = now + BIN_NANOS;
        }
        slowness.settle(slow, threshold);
        outcome.settle(bad, threshold);
    }

    void voidSince(long nanos) {
        slowness.voidSince(nanos);
        outcome.voidSince(nanos);
    }

    void closeBatch(boolean ordinary, long batchNanos) {
        slowRate.close(ordinary, batchNanos);
        badRate.close(ordinary, batchNanos);
    }

    /**
     * How likely the other side was better at the same time, by its outcomes in this class, else in all; but how long another
     * operation takes there says nothing of this one.
     */
    Weights weights(Suspicion suspicion, Samples sameClass, Samples all, long fresh) {
        if (!suspicion.raised()) {
            return Weights.UNKNOWN;
        }
        var since = later(suspicion.middle(), fresh);
        var early = later(suspicion.shortlyBefore(), fresh);
        var other = sameClass.since(Grade.NONE, early) > 0 ? sameClass : all;
        if (other.since(Grade.NONE, early) == 0) {
            return Weights.UNKNOWN;
        }
        var paired = pairs.since(since) >= PAIRS_SPEAK;
        var alike = other == sameClass || sameClass == all;
        var until = suspicion.lastBadBegun() + SAME_TIME_NANOS;
        var failed = other.chanceOfBetterThan(Grade.FAILED, since, until);
        return new Weights(
                alike ? other.chanceOfBetterThan(Grade.SLOW, since) : 0,
                alike ? other.chanceOfBetterThan(Grade.LATE, since, suspicion.lastBadBegun()) : 0,
                failed,
                paired ? pairs.chanceOfBetterThan(Grade.FAILED, since) : failed,
                other.chanceOfBetterThan(Grade.NONE, early, until),
                paired ? 0 : all.failuresAtMost(since),
                true);
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /**
     * What speaks against it now.
     *
     * @param span how long slowness must have lasted
     * @param draining the side is answering more than it is asked: it is recovering
     */
    Speech speech(Weights slow, Weights bad, double threshold, long span, boolean draining, long now) {
        if (!slowness.raised() && !outcome.raised()) {
            heardBefore = Speech.NOTHING;
            return Speech.NOTHING;
        }
        var heard = hear(slow, bad, threshold, span, draining, now);
        var refused = heard == Speech.NO_ANSWER && samples.slowUnderWay == 0;
        var confirmed = refused || heardBefore != Speech.NOTHING;
        heardBefore = heard;
        return confirmed ? heard : Speech.NOTHING;
    }

    /**
     * Something that would be said if it had lasted long enough.
     *
     * @param since when it began
     * @param rest until it is said; less than nothing: any moment
     */
    record Pending(long since, long rest) {}

    /**
     * How long it lasts until it is said that the answers are wrong, or that users are kept waiting, if it goes on as it is; empty if
     * it would not be said.
     */
    Optional<Pending> pending(Weights slow, Weights bad, double threshold, long span, boolean draining, long now) {
        if (!outcome.over() && outcome.weighHard(bad) >= threshold) {
            return Optional.of(new Pending(outcome.onset(), outcome.onset() + BURST_NANOS - now));
        }
        if (draining || samples.slowUnderWay == 0) {
            return Optional.empty();
        }
        if (!slowness.overSoon() && slowness.weigh(slow) >= threshold) {
            return Optional.of(new Pending(slowness.onset(), slowness.onset() + span - now));
        }
        return !outcome.overSoon() && outcome.weigh(bad) >= threshold
                ? Optional.of(new Pending(outcome.onset(), outcome.onset() + span - now))
                : Optional.empty();
    }

    /** But for refused connections it takes two passes: both sides may recover between two of them, one seen before the other. */
    private Speech hear(Weights slow, Weights bad, double threshold, long span, boolean draining, long now) {
        var ill = !outcome.over();
        if (ill && outcome.weighNone(bad) >= threshold) {
            return Speech.NO_ANSWER;
        }
        if (ill && outcome.weighHard(bad) >= threshold && now - outcome.onset() >= BURST_NANOS) {
            return Speech.WRONG_ANSWERS;
        }
        if (draining) {
            return Speech.NOTHING;
        }
        var still = !slowness.overSoon() && (samples.slowUnderWay > 0 || now - slowness.lastBad() < SHOWN_ILL_NANOS);
        if (still && slowness.weigh(slow) >= threshold && now - slowness.onset() >= span) {
            return Speech.SLOWNESS;
        }
        return !outcome.overSoon() && outcome.weigh(bad) >= threshold && now - outcome.onset() >= span
                ? Speech.LATE_ANSWERS
                : Speech.NOTHING;
    }

    /** What would be said if the other side were known to be better. */
    double raw() {
        return Math.max(slowness.weigh(Weights.RAW), outcome.weigh(Weights.RAW));
    }

    /** In what way a side is worse than the other. */
    enum Speech {
        NOTHING,
        NO_ANSWER,
        WRONG_ANSWERS,
        SLOWNESS,
        LATE_ANSWERS
    }
}
