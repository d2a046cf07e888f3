package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Side;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What a side would have given to a request that in truth went to the other: what it gave at that time to requests of the same
 * operation, else to any.
 */
public final class Likely {

    private static final int NEAREST = 16;

    /** So that requests at the same time do not all get the same, and the same recording always gives the same. */
    private static final double GOLDEN = 0.6180339887498949;

    private final long[][][] byOperation;
    private final long[][] all;
    private final long freshTicks;
    private long asked;

    /**
     * @param cells by time
     * @param fresh what is further away says nothing
     */
    public Likely(long[] cells, int operations, long fresh) {
        var sides = Side.values().length;
        this.freshTicks = fresh / Cell.TICK_NANOS;
        this.all = new long[sides][];
        this.byOperation = new long[sides][operations][];
        for (var side : Side.values()) {
            var here = Arrays.stream(cells)
                    .filter(cell -> Cell.side(cell) == side && !Cell.withdrawn(cell))
                    .toArray();
            var sizes = new int[operations];
            for (var cell : here) {
                sizes[Cell.operation(cell)]++;
            }
            var each = byOperation[side.ordinal()];
            for (var i = 0; i < operations; i++) {
                each[i] = new long[sizes[i]];
            }
            Arrays.fill(sizes, 0);
            for (var cell : here) {
                each[Cell.operation(cell)][sizes[Cell.operation(cell)]++] = cell;
            }
            all[side.ordinal()] = here;
        }
    }

    /** A cell whose outcome it would have been; empty if nothing is known of that side at that time. */
    public OptionalLong of(Side side, int operation, long tick) {
        var own = drawn(byOperation[side.ordinal()][operation], tick);
        return own.isPresent() ? own : drawn(all[side.ordinal()], tick);
    }

    private OptionalLong drawn(long[] cells, long tick) {
        var above = Arrays.binarySearch(cells, tick << 32);
        var high = above < 0 ? -above - 1 : above;
        var low = high;
        var weight = 0;
        while (high - low < NEAREST) {
            var before = low > 0 ? tick - Cell.tick(cells[low - 1]) : Long.MAX_VALUE;
            var after = high < cells.length ? Cell.tick(cells[high]) - tick : Long.MAX_VALUE;
            if (Math.min(before, after) > freshTicks) {
                break;
            }
            weight += Cell.count(before <= after ? cells[--low] : cells[high++]);
        }
        if (weight == 0) {
            return OptionalLong.empty();
        }
        var turn = ++asked * GOLDEN;
        var chosen = (int) ((turn - Math.floor(turn)) * weight);
        while (chosen >= Cell.count(cells[low])) {
            chosen -= Cell.count(cells[low++]);
        }
        return OptionalLong.of(cells[low]);
    }
}
