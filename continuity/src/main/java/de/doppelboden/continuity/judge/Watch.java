package de.doppelboden.continuity.judge;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One class on one side, or all of a side, under the judge's eyes. */
final class Watch {

    private static final long BIN_NANOS = 100_000_000L;
    private static final long SHOWN_ILL_NANOS = 150_000_000L;

    /** Wrong answers must go on for so long: longer than a burst from one user's program. */
    private static final long BURST_NANOS = 250_000_000L;

    /** What the other side does well later than this after the last bad request may be the end of a common cause. */
    private static final long SAME_TIME_NANOS = 100_000_000L;

    /** A few pairs say more of a user's failed request than any number of other requests. */
    private static final int PAIRS_SPEAK = 3;

    final Samples samples;

    /** What the other side gave for the very requests that failed here. */
    final Samples pairs;

    final Suspicion slowness = new Suspicion();
    final Suspicion outcome = new Suspicion();
    final Stall stall = new Stall();
    private final UsualWait waits;
    private final BaseRate slowRate;
    private final BaseRate badRate;
    private final double historyNanos;
    private double usual;
    private int servedInBatch;
    private long binEnds;
    private int goodInBin;
    private int badInBin;
    private boolean goodInPass;
    private boolean slowInPass;
    private boolean clear = true;
    private long spellBegan;
    private Speech heardBefore = Speech.NOTHING;

    Watch(long historyNanos, int kept) {
        this.historyNanos = historyNanos;
        samples = new Samples(kept);
        pairs = new Samples(kept);
        slowRate = new BaseRate(historyNanos);
        badRate = new BaseRate(historyNanos);
        waits = new UsualWait(historyNanos);
    }

    /** An answer, whatever it was, took so long. */
    void took(long nanos) {
        waits.note(nanos);
    }

    /** What hardly any answer takes longer than; at most half of the budget. */
    long usualWait(long budget) {
        return Math.clamp(budget / 2, 1, waits.rarelyLonger());
    }

    /** @param baseRate of the class that the request belongs to, which may be only a part of what is watched here */
    void notedSlowness(boolean slow, double baseRate, Flight flight, long now) {
        slowRate.note(slow);
        if (!slow) {
            goodInBin++;
            goodInPass = true;
            slowness.good(baseRate, flight);
            slowness.stretchEnds();
            return;
        }
        badInBin++;
        slowInPass = true;
        slowness.bad(Suspicion.Kind.SLOW, baseRate, flight, now);
        if (clear) {
            slowness.onset(flight.begin);
            clear = false;
            spellBegan = flight.begin;
            outcome.spellBegins();
        }
    }

    void notedGood(double baseRate, Flight flight) {
        badRate.note(false);
        outcome.good(baseRate, flight);
        outcome.stretchEnds();
    }

    void notedBad(Suspicion.Kind kind, double baseRate, Flight flight, long now) {
        badRate.note(true);
        outcome.bad(kind, baseRate, flight, now);
    }

    double slowRate() {
        return slowRate.rate();
    }

    double badRate() {
        return badRate.rate();
    }

    /** After each pass: lets go of what chance explains, and of a slowness that is over. */
    void settle(Supplier<Weights> slow, Supplier<Weights> bad, double threshold, long span, long now) {
        var nothingWaits = samples.slowUnderWay == 0 && !slowInPass;
        if (goodInPass && nothingWaits && !clear) {
            if (now - spellBegan < 2 * span) {
                outcome.shortSpellEnds();
            }
            clear = true;
        }
        goodInPass = false;
        slowInPass = false;
        if (now - binEnds >= 0) {
            if (goodInBin > 0 && badInBin == 0 && nothingWaits) {
                slowness.halve();
            }
            goodInBin = 0;
            badInBin = 0;
            binEnds = now + BIN_NANOS;
        }
        stall.settle(now);
        slowness.settle(slow, threshold);
        outcome.settle(bad, threshold);
    }

    void voidSince(long nanos) {
        slowness.voidSince(nanos);
        outcome.voidSince(nanos);
    }

    /** A user's request was answered well. */
    void notedServed() {
        servedInBatch++;
        outcome.served();
    }

    void closeBatch(boolean ordinary, long batchNanos) {
        usual = usual * Math.exp(-batchNanos / historyNanos) + (ordinary ? servedInBatch : 0);
        servedInBatch = 0;
        waits.close(ordinary, batchNanos);
        slowRate.close(ordinary, batchNanos);
        badRate.close(ordinary, batchNanos);
    }

    /**
     * How likely the other side was better at the same time, by its outcomes in this class, else in all; but how long another
     * operation takes there says nothing of this one.
     */
    Weights weights(Suspicion suspicion, Samples sameClass, Samples all, Senders senders, long fresh) {
        var middle = suspicion.middleOfStretch();
        var since = later(middle, fresh);
        var early = later(earlier(suspicion.shortlyBefore(), middle), fresh);
        var other = sameClass.since(Grade.NONE, early) > 0 ? sameClass : all;
        if (other.since(Grade.NONE, early) == 0) {
            return Weights.UNKNOWN;
        }
        var paired = senders.pairs().since(since) >= PAIRS_SPEAK;
        var notTheirs = senders.notTheirs().getAsBoolean();
        var alike = other == sameClass || sameClass == all;
        var until = suspicion.lastBadBegun() + SAME_TIME_NANOS;
        var apart = suspicion.seen.failsApart(
                other.better(Grade.FAILED, suspicion.lately(), until),
                other.failed(suspicion.lately(), until),
                sameClass != all);
        var slowApart = alike && suspicion.seen.isSlowApart(other.better(Grade.SLOW, suspicion.onset(), until));
        var lateApart = alike && suspicion.seen.isSlowApart(other.better(Grade.LATE, suspicion.onset(), until));
        var failed = apart ? other.chanceOfBetterThan(Grade.FAILED, since, until) : 0;
        return new Weights(
                slowApart ? other.chanceOfBetterThan(Grade.SLOW, since) : 0,
                lateApart ? other.chanceOfBetterThan(Grade.LATE, since, suspicion.lastBadBegun()) : 0,
                failed,
                paired && apart ? senders.pairs().chanceOfBetterThan(Grade.FAILED, since) : notTheirs ? failed : 0,
                notTheirs ? failed : 0,
                other.chanceOfBetterThan(Grade.NONE, early, until),
                other.chanceOfBetterThan(Grade.LATE, early, until),
                paired ? 0 : all.failuresAtMost(since),
                true);
    }

    /** Whether there are pairs of the class itself to go by. */
    boolean paired(Suspicion suspicion, long fresh) {
        return pairs.since(later(suspicion.middle(), fresh)) >= PAIRS_SPEAK;
    }

    /**
     * What is known of those whose requests failed at one side and were not asked of the other.
     *
     * @param pairs requests that failed as well, and were asked of the other side
     * @param notTheirs without such pairs: whether it cannot be the error of those who sent them
     */
    record Senders(Samples pairs, BooleanSupplier notTheirs) {}

    /** How many of users' requests were answered well in the times that are remembered. */
    double usual() {
        return usual;
    }

    boolean used() {
        return usual > 0 || outcome.raised();
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /**
     * By what it is found whether something speaks against a side.
     *
     * @param slow how much slowness weighs, by what the other side gave; {@code bad} the same of late, wrong and missing answers
     * @param threshold what has to be reached
     * @param span how long slowness must have lasted
     * @param busy see {@link Traffic#busy()}
     */
    record Scales(Weights slow, Weights bad, double threshold, long span, boolean busy) {}

    /** What speaks against it now. */
    Speech speech(Scales with, long now) {
        if (!slowness.raised() && !outcome.raised()) {
            heardBefore = Speech.NOTHING;
            return Speech.NOTHING;
        }
        var heard = hear(with, now);
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
    Optional<Pending> pending(Scales with, long now) {
        if (!outcome.over() && outcome.weighHard(with.bad) >= with.threshold) {
            return Optional.of(new Pending(outcome.onset(), outcome.onset() + BURST_NANOS - now));
        }
        if (with.busy || samples.slowUnderWay == 0) {
            return Optional.empty();
        }
        if (!slowness.overSoon() && slowness.weigh(with.slow) >= with.threshold) {
            return Optional.of(new Pending(slowness.onset(), slowness.onset() + with.span - now));
        }
        return !outcome.overSoon() && outcome.weigh(with.bad) >= with.threshold
                ? Optional.of(new Pending(outcome.onset(), outcome.onset() + with.span - now))
                : Optional.empty();
    }

    /** But for refused connections it takes two passes: both sides may recover between two of them, one seen before the other. */
    private Speech hear(Scales with, long now) {
        var ill = !outcome.over();
        if (ill && outcome.weighNone(with.bad) >= with.threshold) {
            return Speech.NO_ANSWER;
        }
        if (ill && outcome.weighHard(with.bad) >= with.threshold && now - outcome.onset() >= BURST_NANOS) {
            return Speech.WRONG_ANSWERS;
        }
        if (with.busy) {
            return Speech.NOTHING;
        }
        var still = !slowness.overSoon() && (samples.slowUnderWay > 0 || now - slowness.lastBad() < SHOWN_ILL_NANOS);
        if (still && slowness.weigh(with.slow) >= with.threshold && now - slowness.onset() >= with.span) {
            return Speech.SLOWNESS;
        }
        return !outcome.overSoon() && outcome.weigh(with.bad) >= with.threshold && now - outcome.onset() >= with.span
                ? Speech.LATE_ANSWERS
                : Speech.NOTHING;
    }

    boolean suspected() {
        return slowness.raised() || outcome.raised();
    }

    /** When the first was begun that something is suspected of. */
    long illSince() {
        return slowness.raised() && outcome.raised()
                ? earlier(slowness.onset(), outcome.onset())
                : slowness.raised() ? slowness.onset() : outcome.onset();
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
