package de.doppelboden.continuity.hindsight;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.judge.Cell;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Probes that a play sends on a doubt of its own: in truth there may have been none, and without them the other side would not have
 * been seen at the same time.
 */
final class PlayedProbes {

    private static final long CLOSE_NANOS = 150_000_000L;
    private static final int MOST_OF_A_KIND = 3;

    private final Map<Side, int[]> kinds = new EnumMap<>(Side.class);
    private final Map<Side, Integer> underWay = new EnumMap<>(Side.class);
    private final Map<Side, Long> last = new EnumMap<>(Side.class);

    /** Sends one. */
    interface Sender {
        void probe(Side side, int operation);
    }

    PlayedProbes(long[] cells) {
        for (var side : Side.values()) {
            kinds.put(
                    side,
                    Arrays.stream(cells)
                            .filter(cell -> Cell.source(cell) == Source.PROBE && Cell.side(cell) == side)
                            .mapToInt(Cell::operation)
                            .distinct()
                            .toArray());
        }
    }

    void begun(Side side, long now) {
        last.put(side, now);
        underWay.merge(side, 1, Integer::sum);
    }

    void ended(Side side) {
        underWay.merge(side, -1, Integer::sum);
    }

    /** Once a pass: what is doubted is asked now, unless it has just been. */
    void look(Set<Side> doubts, long now, Sender sender) {
        for (var side : doubts) {
            var before = last.get(side);
            if (before == null || now - before >= CLOSE_NANOS) {
                var each = kinds.getOrDefault(side, new int[0]);
                for (var kind : each) {
                    if (underWay.getOrDefault(side, 0) < MOST_OF_A_KIND * each.length) {
                        sender.probe(side, kind);
                    }
                }
            }
        }
    }
}
