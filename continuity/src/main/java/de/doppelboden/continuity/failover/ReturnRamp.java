package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Served;
import de.doppelboden.continuity.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Lets the primary prove that it can carry its users again: mirrored reads at 5, 25, 60 and 100 %, their answers thrown away.
 * A limping, lying or flapping primary is refused, and each further return is harder, up to a bound that a person sees and can
 * lift.
 */
final class ReturnRamp {

    private static final int[] PERCENT = {5, 25, 60, 100};

    /** One bad answer in so many is no reason; that happens to the best. */
    private static final int BAD_ONE_IN = 20;

    /** Whoever has not looked for so long was paused: what happened meanwhile is not known yet, and proves nothing. */
    private static final long PAUSED_NANOS = 500_000_000L;

    private final ReturnSettings settings;
    private final Time time;
    private int failed;
    private Optional<Instant> lastReturn;
    private int step = -1;
    private long stepSince;
    private long looked;
    private Served before = Served.NOTHING;
    private boolean passed;
    private String progress = "the primary is not being tried";

    ReturnRamp(ReturnSettings settings, Time time, int failed, Optional<Instant> lastReturn) {
        this.settings = settings;
        this.time = time;
        this.failed = failed;
        this.lastReturn = lastReturn;
    }

    /** What one pass of the ramp found. */
    sealed interface Found {
        record Rising(boolean stepped, String progress) implements Found {}

        record Proven(String progress) implements Found {}

        record Refused(String reason) implements Found {}
    }

    void begin(Served now) {
        enter(0, now);
    }

    void stop() {
        passed = false;
        step = -1;
        progress = "the primary is not being tried";
    }

    Found look(Evidence evidence, Served now) {
        var seen = now.since(before);
        if (evidence.speaksAgainst(Side.PRIMARY) || evidence.primary() == Verdict.FAILED) {
            return new Found.Refused(evidence.sentence() + otherwise(seen));
        }
        var paused = time.nanos() - looked > PAUSED_NANOS;
        looked = time.nanos();
        if (tooMany(seen.mirroredBad(), seen.mirrored())) {
            return new Found.Refused("at %d %% of the reads the primary did worse than the standby in %d of %d%s"
                    .formatted(PERCENT[step], seen.mirroredBad(), seen.mirrored(), otherwise(seen)));
        }
        if (paused || evidence.primary() != Verdict.HEALTHY) {
            enter(step, now);
            return new Found.Rising(false, "waiting: " + evidence.sentence());
        }
        var spent = time.nanos() - stepSince;
        progress = "the primary gets %d %% of the reads as well: %d mirrored, %d worse than the standby, since %s"
                .formatted(PERCENT[step], seen.mirrored(), seen.mirroredBad(), Time.spoken(spent));
        var enough = seen.mirrored() >= settings.stepReads() || spent >= harder(settings.stepAtMost());
        if (spent < harder(settings.step()) || !enough) {
            return new Found.Rising(false, progress);
        }
        if (step == PERCENT.length - 1) {
            passed = true;
            return new Found.Proven(progress);
        }
        enter(step + 1, now);
        return new Found.Rising(true, "%s; now at %d %%".formatted(progress, PERCENT[step]));
    }

    private static String otherwise(Served seen) {
        var classes = new ArrayList<String>();
        seen.otherwise().forEach((operation, number) -> classes.add("%s in %d".formatted(operation, number)));
        return classes.isEmpty() ? "" : "; it answered otherwise than the standby: " + String.join(", ", classes);
    }

    /** More bad answers than a side gives that is well. */
    static boolean tooMany(long bad, long all) {
        return bad >= 2 && bad * BAD_ONE_IN > all;
    }

    private void enter(int next, Served now) {
        passed = false;
        step = next;
        stepSince = time.nanos();
        looked = stepSince;
        before = now;
    }

    /** The share of reads to be mirrored now. */
    Slice share() {
        return step < 0 ? Slice.NOBODY : Slice.share(PERCENT[step]);
    }

    /** How long the primary must be well before it is tried. */
    long healthyNanos() {
        return harder(settings.healthy());
    }

    private long harder(Duration duration) {
        return (long) (duration.toNanos() * factor());
    }

    double factor() {
        return Math.min(settings.hardest(), Math.pow(settings.harder(), failed));
    }

    void failed() {
        failed = Math.min(failed + 1, 64);
        stop();
    }

    void returned() {
        lastReturn = Optional.of(time.wall());
        stop();
    }

    /** A primary that is left again soon after its return has flapped. */
    void leftAgain() {
        if (lastReturn.isPresent() && time.wall().isBefore(lastReturn.get().plus(settings.forget()))) {
            failed = Math.min(failed + 1, 64);
        } else {
            failed = 0;
        }
    }

    void lift() {
        failed = 0;
    }

    int failedReturns() {
        return failed;
    }

    Optional<Instant> lastReturn() {
        return lastReturn;
    }

    /** How hard a return is at present, for an operator. */
    String bound() {
        return bound(failed, healthyNanos(), (long) (settings.healthy().toNanos() * settings.hardest()));
    }

    /**
     * @param failed returns that have failed lately
     * @param healthyNanos so long the primary must be well
     * @param atMostNanos so long at most, however many fail
     */
    static String bound(int failed, long healthyNanos, long atMostNanos) {
        return failed == 0
                ? "the primary must be well for %s before it is tried".formatted(Time.spoken(healthyNanos))
                : "%s, so the primary must be well for %s before it is tried (at most %s); a person can lift this"
                        .formatted(
                                failed == 1 ? "a return has failed" : failed + " returns have failed",
                                Time.spoken(healthyNanos),
                                Time.spoken(atMostNanos));
    }

    /** All steps are behind it, and nothing has spoken against it since. */
    boolean passed() {
        return passed;
    }

    String progress() {
        return progress;
    }
}
