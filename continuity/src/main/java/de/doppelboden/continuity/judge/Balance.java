package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Figure;
import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the two sides against each other, class by class and as a whole, and says what speaks against which. */
final class Balance {

    /** Each observation is tested in its class and in all, against four hypotheses. */
    private static final int TESTS = 8;

    /** From this share of the threshold on, a suspicion is worth a probe of both sides. */
    private static final double DOUBT = 0.25;

    private static final double ORDINARY = 0.5;

    private static final int CLASSES_AT_LEAST = 2;
    private static final int CLASSES_ENOUGH = 3;
    private static final long TOLD_NANOS = 1_000_000_000L;

    private Told told = new Told("", List.of(), false, 0, 0);
    private final JudgeSettings settings;
    private final SideBySide all;
    private final Map<String, SideBySide> classes;
    private final Parts parts;

    Balance(Service service, SideBySide all, Map<String, SideBySide> classes, Parts parts) {
        this.settings = service.judge();
        this.all = all;
        this.classes = classes;
        this.parts = parts;
    }

    /**
     * Whether an observation counts for the side as a whole. What the standby would refuse anyway strengthens a suspicion
     * that other operations have raised, and never is all of it: users would gain nothing by a move.
     */
    boolean countsForAll(Operation operation) {
        if (operation.policy() != Policy.FORBIDDEN) {
            return true;
        }
        for (var other : parts.operations()) {
            if (other.policy() != Policy.FORBIDDEN && suspected(classes.get(other.name()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the other side has lately done the same operation. What takes long is compared with the same operation only:
     * a log-in is slower than a search on any side. That nothing, or the wrong thing, comes back is compared with all.
     */
    boolean comparable(Operation operation, Side side, long now) {
        var own = classes.get(operation.name());
        return own != null && own.seenOn(side.other(), now - settings.fresh().toNanos());
    }

    private static boolean suspected(@Nullable SideBySide some) {
        return some != null && some.watch(Side.PRIMARY).suspected();
    }

    /** The log likelihood ratio that chance alone reaches once in the time that the settings allow. */
    double threshold(Side side) {
        var observations =
                settings.falseSwitchEvery().toSeconds() * all.traffic(side).rate();
        return Math.log(TESTS * observations);
    }

    void settle(long now) {
        for (var side : Side.values()) {
            var threshold = threshold(side);
            settle(all, side, threshold, now);
            classes.values().forEach(each -> settle(each, side, threshold, now));
        }
    }

    private void settle(SideBySide some, Side side, double threshold, long now) {
        var watch = some.watch(side);
        var fresh = now - settings.fresh().toNanos();
        watch.settle(
                () -> weights(some, watch.slowness, side, threshold, fresh),
                () -> weights(some, watch.outcome, side, threshold, fresh),
                threshold,
                settings.span().toNanos(),
                now);
    }

    void voidSince(long nanos) {
        for (var side : Side.values()) {
            all.watch(side).voidSince(nanos);
            classes.values().forEach(each -> each.watch(side).voidSince(nanos));
        }
    }

    /** The times since the last batch become history, but for those in which something spoke against the class. */
    void closeBatch(long now, long batchNanos) {
        all.closeTraffic(batchNanos / 1e9);
        for (var side : Side.values()) {
            var threshold = threshold(side);
            for (var each : classes.values()) {
                var watch = each.watch(side);
                var fresh = now - settings.fresh().toNanos();
                var ordinary = ordinary(each, watch.slowness, side, threshold, fresh)
                        && ordinary(each, watch.outcome, side, threshold, fresh);
                watch.closeBatch(ordinary, batchNanos);
            }
        }
    }

    /**
     * An illness that could not be compared with the other side, which is seen but now and then, must not become what is usual before
     * it can.
     */
    private boolean ordinary(SideBySide each, Suspicion suspicion, Side side, double threshold, long fresh) {
        var weights = weights(each, suspicion, side, threshold, fresh);
        return suspicion.weigh(weights.known() ? weights : Weights.NOT_SEEN) < ORDINARY * threshold;
    }

    private Weights weights(SideBySide some, Suspicion suspicion, Side side, double threshold, long fresh) {
        var watch = some.watch(side);
        if (!suspicion.raised()) {
            return Weights.UNKNOWN;
        }
        var senders = new Watch.Senders(
                watch.paired(suspicion, fresh) ? watch.pairs : all.watch(side).pairs,
                () -> some == all ? manyErr(side) : missesGood(some, side, threshold));
        return watch.weights(suspicion, other(some, side), other(all, side), senders, fresh);
    }

    /** In so many classes most fails that it is not one program that sends what is wrong. */
    private boolean manyErr(Side side) {
        var used = 0;
        var failing = 0;
        for (var each : classes.values()) {
            var watch = each.watch(side);
            used += watch.used() ? 1 : 0;
            failing += watch.outcome.seen.mostlyBad() ? 1 : 0;
        }
        return failing >= Math.clamp(used, CLASSES_AT_LEAST, CLASSES_ENOUGH);
    }

    /**
     * Whoever sends what is wrong does not keep others from being answered well. How many well answered requests of this class there
     * should have been is known from its usual share of what is answered well.
     */
    private boolean missesGood(SideBySide some, Side side, double threshold) {
        var whole = 0.0;
        for (var each : classes.values()) {
            whole += each.watch(side).usual();
        }
        var own = some.watch(side).usual();
        var elsewhere = some.wellElsewhereSince(side, all);
        var expected = whole > own ? elsewhere * own / (whole - own) : 0;
        return some.watch(side).outcome.seen.missesGood(expected) >= threshold;
    }

    private static Samples other(SideBySide some, Side side) {
        return some.watch(side.other()).samples;
    }

    Evidence evidence(Instant at, long now) {
        var primary = finding(Side.PRIMARY, now);
        var standby = finding(Side.STANDBY, now);
        var against = EnumSet.noneOf(Side.class);
        var doubts = EnumSet.noneOf(Side.class);
        for (var finding : new Finding[] {primary, standby}) {
            if (finding.speaks()) {
                against.add(finding.side());
            }
            if (finding.raw() >= DOUBT * finding.threshold()) {
                doubts.addAll(EnumSet.allOf(Side.class));
            }
            if (finding.verdict() == Verdict.UNKNOWN) {
                doubts.add(finding.side());
            }
        }
        if (parts.suspicious()) {
            doubts.addAll(EnumSet.allOf(Side.class));
        }
        tell(primary, standby, now);
        return new Evidence(
                primary.verdict(),
                standby.verdict(),
                against,
                standby.speaks() ? primary.alone() : primary.partly(),
                primary.pending(),
                parts.stalled(now),
                primary.well(),
                doubts,
                at,
                told.sentence(),
                told.figures());
    }

    /** In quiet times the words are renewed once a second, because writing them costs more than all the weighing. */
    private void tell(Finding primary, Finding standby, long now) {
        var quiet = primary.quiet() && standby.quiet();
        var verdicts = primary.verdict().ordinal() * 10 + standby.verdict().ordinal();
        if (!quiet || !told.quiet() || told.verdicts() != verdicts || now - told.at() > TOLD_NANOS) {
            var account = new Account(primary, standby);
            told = new Told(account.sentence(), account.figures(), quiet, verdicts, now);
        }
    }

    private record Told(String sentence, List<Figure> figures, boolean quiet, int verdicts, long at) {}

    private Finding finding(Side side, long now) {
        var threshold = threshold(side);
        var whole = speech(all, side, threshold, now);
        var strongest = whole;
        var pending = whole == Watch.Speech.NOTHING
                ? all.watch(side).pending(scales(all, side, threshold, now), now)
                : Optional.<Watch.Pending>empty();
        var loudest = all.watch(side);
        var ill = new ArrayList<Operation>();
        var doubtful = new ArrayList<Operation>();
        var well = new ArrayList<Operation>();
        for (var operation : parts.operations()) {
            var own = classes.get(operation.name());
            if (own == null || operation.policy() == Policy.FORBIDDEN) {
                continue;
            }
            var speech = speech(own, side, threshold, now);
            if (speech != Watch.Speech.NOTHING) {
                ill.add(operation);
                if (strongest == Watch.Speech.NOTHING) {
                    strongest = speech;
                    loudest = own.watch(side);
                }
            } else if (own.watch(side).raw() >= DOUBT * threshold) {
                doubtful.add(operation);
            } else if (own.watch(side).samples.since(now - Samples.RECENT_NANOS) > 0) {
                well.add(operation);
            }
        }
        var suspects = ill.isEmpty() && whole != Watch.Speech.NOTHING ? doubtful : ill;
        var alone = parts.movable(suspects, well);
        var partly = parts.isPart(side, alone, suspects) ? alone : Set.<String>of();
        return new Finding(
                side,
                verdict(side, strongest, now),
                strongest,
                ill,
                alone,
                partly,
                pending.filter(found -> partly.isEmpty()) // once a part is known to be ill the rest waits for nothing
                        .map(found -> parts.pending(side, found, DOUBT * threshold))
                        .orElse(Set.of()),
                Parts.well(well, ill, doubtful),
                loudest,
                all.watch(side),
                all.watch(side.other()),
                all.traffic(side),
                threshold,
                now);
    }

    private Watch.Speech speech(SideBySide some, Side side, double threshold, long now) {
        return some.watch(side).speech(scales(some, side, threshold, now), now);
    }

    private Watch.Scales scales(SideBySide some, Side side, double threshold, long now) {
        var watch = some.watch(side);
        var fresh = now - settings.fresh().toNanos();
        return new Watch.Scales(
                weights(some, watch.slowness, side, threshold, fresh),
                weights(some, watch.outcome, side, threshold, fresh),
                threshold,
                settings.span().toNanos(),
                all.traffic(side).busy());
    }

    private Verdict verdict(Side side, Watch.Speech speech, long now) {
        var watch = all.watch(side);
        var recent = watch.samples.recent(now, settings.fresh());
        var seen = recent.all() + watch.samples.lateUnderWay;
        if (seen == 0) {
            return Verdict.UNKNOWN;
        }
        var bad = seen - recent.good();
        if (recent.good() * 10 < seen) {
            return recent.nothing() + watch.samples.lateUnderWay == seen ? Verdict.FAILED : Verdict.DEGRADED;
        }
        var usual = Math.max(0.05, 2 * watch.badRate());
        return speech == Watch.Speech.NOTHING && bad <= usual * seen ? Verdict.HEALTHY : Verdict.DEGRADED;
    }
}
