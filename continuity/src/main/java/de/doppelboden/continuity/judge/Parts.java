package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Which classes of a service something is the matter with: those to be moved alone, those that will be, those that stall. */
final class Parts {

    private final Service service;
    private final SideBySide all;
    private final Map<String, SideBySide> classes;
    private final List<Operation> operations;

    Parts(Service service, SideBySide all, Map<String, SideBySide> classes) {
        this.service = service;
        this.all = all;
        this.classes = classes;
        this.operations = new ArrayList<>(service.operations());
    }

    /** One more operation that has a class of its own. */
    void add(Operation operation) {
        operations.add(operation);
    }

    /** What has a class of its own. */
    List<Operation> operations() {
        return operations;
    }

    /** Whether a class fails so much more often than the others of its side that it is no common cause. */
    boolean failsOnItsOwn(SideBySide own, Side side, long now) {
        var fresh = service.judge().fresh();
        var theirs = Share.NONE.and(own.watch(side).samples, samples -> samples.recent(now, fresh));
        var rest = Share.NONE;
        for (var each : classes.values()) {
            if (each != own) {
                rest = rest.and(each.watch(side).samples, samples -> samples.recent(now, fresh));
            }
        }
        return theirs.worseThan(rest);
    }

    /** Whether these classes are so much worse than the rest of their side since they look ill that it is not the whole that is ill. */
    boolean isPart(Side side, Set<String> moving, List<Operation> ill) {
        if (moving.isEmpty()) {
            return false;
        }
        var since = ill.stream()
                .mapToLong(each -> watch(each, side).illSince())
                .reduce((one, other) -> one - other < 0 ? one : other)
                .orElseThrow();
        var theirs = Share.NONE;
        var rest = Share.NONE;
        for (var operation : operations) {
            var own = classes.get(operation.name());
            if (own != null && operation.policy() != Policy.FORBIDDEN) {
                var samples = own.watch(side).samples;
                if (moving.contains(operation.movesAs())) {
                    theirs = theirs.and(samples, each -> each.endedSince(since));
                } else {
                    rest = rest.and(samples, each -> each.endedSince(since));
                }
            }
        }
        return theirs.worseThan(rest);
    }

    /** How many were bad, of those that have ended or are overdue. */
    private record Share(int bad, int all) {

        private static final Share NONE = new Share(0, 0);

        private Share and(Samples samples, Function<Samples, Samples.Tally> which) {
            var ended = which.apply(samples);
            var open = samples.slowUnderWay;
            return new Share(bad + ended.all() - ended.good() + open, all + ended.all() + open);
        }

        /** So much that chance does not make it seem so, although it picks one of many. */
        private boolean worseThan(Share other) {
            return Luck.isNoChance(bad, all, other.bad, other.all, true);
        }
    }

    private Watch watch(Operation operation, Side side) {
        return Objects.requireNonNull(classes.get(operation.name())).watch(side);
    }

    /** The classes of these operations, if each may move alone, and one that is well does not move with them. */
    Set<String> movable(List<Operation> ill, List<Operation> well) {
        if (!ill.stream().allMatch(service::movesAlone)) {
            return Set.of();
        }
        var moving = classes(ill);
        return well.stream().allMatch(operation -> moving.contains(operation.movesAs())) ? Set.of() : moving;
    }

    /**
     * The classes that are not seen to be well since it began. Reads can be asked of both sides; a write waits only if its answer can
     * still be in time when it is known.
     */
    Set<String> pending(Side side, Watch.Pending pending, double doubt) {
        var found = new ArrayList<Operation>();
        for (var operation : operations) {
            var own = classes.get(operation.name());
            if (own == null || operation.policy() == Policy.FORBIDDEN) {
                continue;
            }
            var watch = own.watch(side);
            var well = watch.samples.since(pending.since()) > 0 && watch.raw() < doubt;
            if (!well && (operation.read() || operation.inTime(pending.rest()))) {
                found.add(operation);
            }
        }
        return classes(found);
    }

    /** Whether so much waits unusually long at the primary that the standby is worth a look. */
    boolean suspicious() {
        if (all.watch(Side.PRIMARY).stall.suspicious()) {
            return true;
        }
        for (var each : classes.values()) {
            if (each.watch(Side.PRIMARY).stall.suspicious()) {
                return true;
            }
        }
        return false;
    }

    Set<String> stalled(long now) {
        var found = new ArrayList<Operation>();
        var whole = all.watch(Side.PRIMARY).stall.on();
        for (var operation : operations) {
            var own = classes.get(operation.name());
            if (own != null && operation.policy() != Policy.FORBIDDEN && stalls(whole ? all : own, operation, now)) {
                found.add(operation);
            }
        }
        return found.isEmpty() ? Set.of() : classes(found);
    }

    /** Nothing is answered at the primary, and something at the standby, whichever it was, that was begun at the same time. */
    private boolean stalls(SideBySide some, Operation operation, long now) {
        var stall = some.watch(Side.PRIMARY).stall;
        var span = service.judge().span().toNanos();
        var judged = span + Math.min(span, operation.budget().toNanos()); // what waits must be late before it counts
        return stall.on()
                && now - stall.since() < judged
                && all.watch(Side.STANDBY).stall.answersSince(stall.since());
    }

    private static Set<String> classes(List<Operation> operations) {
        var classes = new LinkedHashSet<String>();
        operations.forEach(operation -> classes.add(operation.movesAs()));
        return classes;
    }

    static Set<String> well(List<Operation> well, List<Operation> ill, List<Operation> doubtful) {
        if (well.isEmpty()) {
            return Set.of();
        }
        var classes = classes(well);
        ill.forEach(operation -> classes.remove(operation.movesAs()));
        doubtful.forEach(operation -> classes.remove(operation.movesAs()));
        return classes;
    }
}
