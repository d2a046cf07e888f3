package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import java.nio.LongBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What requests got in the last hour: counted, not one by one. A quick answer is known to the second in which it was begun, all else
 * to the tenth of one, and how long it took to an eighth; quick answers of very many to a half.
 *
 * @param origin the nanosecond that tick 0 begins at
 * @param from the earliest of which all is here
 * @param until the latest
 * @param at the wall clock at {@code until}
 */
public record Recording(
        List<Operation> operations,
        List<Pause> pauses,
        List<Stand> stands,
        List<Pending> pendings,
        long origin,
        long from,
        long until,
        Instant at,
        List<Part> parts) {

    public Recording {
        operations = List.copyOf(operations);
        pauses = List.copyOf(pauses);
        stands = List.copyOf(stands);
        pendings = List.copyOf(pendings);
        parts = List.copyOf(parts);
    }

    /** The gateway itself did not run well from then until then. */
    public record Pause(long from, long until) {}

    /**
     * From then on, until the next.
     *
     * @param serving the side that users were on
     * @param hindered they could not go to the standby, whatever was seen: there was none yet, or a change had left it unwell
     */
    public record Stand(long from, Side serving, boolean hindered) {}

    /** Users would have been moved if it had gone on: reads of these classes were asked of both sides, writes waited. */
    public record Pending(long from, long until, Set<String> classes, String sentence) {
        public Pending {
            classes = Set.copyOf(classes);
        }
    }

    /** Some of the cells, with a number that stays theirs. */
    public record Part(long number, LongBuffer cells) {}

    /**
     * What one side gave in some seconds.
     *
     * @param ours what is counted is probes and reads of our own, because there were no users
     * @param late answered late, or taken elsewhere after the budget
     * @param taken in no other number here: given to the other side in time, or left by the user
     * @param p50Nanos half of the answers took no longer; -1 if there was none
     */
    public record Interval(
            Side side,
            Instant begin,
            boolean ours,
            int good,
            int late,
            int failed,
            int taken,
            long p50Nanos,
            long p95Nanos) {

        public int all() {
            return good + late + failed;
        }
    }

    /** How it was then; before the first that is known as at the first. */
    public Stand stand(long nanos) {
        var known = stands.isEmpty() ? new Stand(from, Side.PRIMARY, false) : stands.getFirst();
        for (var each : stands) {
            known = each.from() <= nanos ? each : known;
        }
        return known;
    }

    public Instant wall(long nanos) {
        return at.minusNanos(until - nanos);
    }

    /**
     * The recording in intervals, by side and time; those without any request are left out.
     *
     * @param operation its name; empty: all
     */
    public List<Interval> intervals(String operation, Duration width) {
        var number = number(operation);
        var many = (int) ((until - from) / width.toNanos()) + 1;
        var gathered = new Gathered[Side.values().length][many];
        for (var part : parts) {
            for (var i = 0; i < part.cells().limit(); i++) {
                var cell = part.cells().get(i);
                var begun = origin + Cell.tick(cell) * Cell.TICK_NANOS;
                var wanted = operation.isEmpty() || Cell.operation(cell) == number;
                if (wanted && begun >= from && begun <= until) {
                    var of = gathered[Cell.side(cell).ordinal()];
                    var at = (int) ((begun - from) / width.toNanos());
                    of[at] = of[at] == null ? new Gathered() : of[at];
                    of[at].add(
                            cell, operations.get(Cell.operation(cell)).budget().toNanos());
                }
            }
        }
        var intervals = new ArrayList<Interval>();
        for (var side : Side.values()) {
            for (var i = 0; i < many; i++) {
                var found = gathered[side.ordinal()][i];
                if (found != null) {
                    intervals.add(found.interval(side, wall(from + i * width.toNanos())));
                }
            }
        }
        return intervals;
    }

    private int number(String operation) {
        for (var i = 0; i < operations.size(); i++) {
            if (operations.get(i).name().equals(operation)) {
                return i;
            }
        }
        return -1;
    }

    /** All cells of the time from {@link #from()}, by time. */
    public long[] sorted() {
        var all = new long[parts.stream().mapToInt(part -> part.cells().limit()).sum()];
        var kept = 0;
        for (var part : parts) {
            for (var i = 0; i < part.cells().limit(); i++) {
                var cell = part.cells().get(i);
                if (origin + Cell.tick(cell) * Cell.TICK_NANOS >= from && Cell.operation(cell) < operations.size()) {
                    all[kept++] = cell;
                }
            }
        }
        var sorted = Arrays.copyOf(all, kept);
        Arrays.sort(sorted);
        return sorted;
    }

    /** What one side gave in one interval: users beside our own. */
    private static final class Gathered {

        private final Tally users = new Tally();
        private final Tally ours = new Tally();

        void add(long cell, long budget) {
            (Cell.source(cell) == Source.USER ? users : ours).add(cell, budget);
        }

        Interval interval(Side side, Instant begin) {
            var shown = users.all() + users.taken > 0 ? users : ours;
            return new Interval(
                    side,
                    begin,
                    shown == ours,
                    shown.good,
                    shown.late,
                    shown.failed,
                    shown.taken,
                    shown.quantile(0.5),
                    shown.quantile(0.95));
        }
    }

    private static final class Tally {

        private final int[] steps = new int[Cell.Steps.COUNT];
        private int answered;
        private int good;
        private int late;
        private int failed;
        private int taken;

        void add(long cell, long budget) {
            var count = Cell.count(cell);
            if (Cell.answered(cell)) {
                steps[Cell.step(cell)] += count;
                answered += count;
            }
            if (Cell.late(cell, budget)) {
                late += count;
            } else if (Cell.failed(cell)) {
                failed += count;
            } else if (Cell.withdrawn(cell) || Cell.elsewhere(cell)) {
                taken += count;
            } else {
                good += count;
            }
        }

        int all() {
            return good + late + failed;
        }

        long quantile(double share) {
            var wanted = (long) Math.ceil(share * answered);
            for (var step = 0; answered > 0 && step < steps.length; step++) {
                wanted -= steps[step];
                if (wanted <= 0) {
                    return Cell.Steps.middleNanos(step);
                }
            }
            return -1;
        }
    }
}
