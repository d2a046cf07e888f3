package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Figure;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one weighing found.
 *
 * @param against the sides that the paired test speaks against: users there get worse than the other side would give them
 * @param illClasses classes ({@link Operation#movesAs()}) of the primary that are ill while the others are seen to be well;
 *     empty when the illness is of the whole side, or there is none
 * @param pendingClasses classes of the primary that users would be moved from if what is seen there lasts: what must not be sent
 *     twice is better not sent there now
 * @param stalledClasses classes of which nothing is answered at the primary just now as quickly as usual, while the standby answers
 * @param wellClasses classes that the primary has lately done well, by users, probes or mirrored reads
 * @param doubts sides whose state is worth a probe at once, because a suspicion lacks an outcome of the same moment; one that
 *     hangs must not keep the next from being sent
 * @param sentence the evidence for an operator, word for word
 */
public record Evidence(
        Verdict primary,
        Verdict standby,
        Set<Side> against,
        Set<String> illClasses,
        Set<String> pendingClasses,
        Set<String> stalledClasses,
        Set<String> wellClasses,
        Set<Side> doubts,
        Instant at,
        String sentence,
        List<Figure> figures) {

    public Evidence {
        against = inOrder(against);
        illClasses = inOrder(illClasses);
        pendingClasses = inOrder(pendingClasses);
        stalledClasses = inOrder(stalledClasses);
        wellClasses = inOrder(wellClasses);
        doubts = inOrder(doubts);
        figures = List.copyOf(figures);
    }

    /** Unchangeable, in the order of the original: a seed must repeat every run. */
    private static <T> Set<T> inOrder(Set<T> set) {
        return set.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }

    public static Evidence none(Instant at) {
        return new Evidence(
                Verdict.UNKNOWN,
                Verdict.UNKNOWN,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                EnumSet.allOf(Side.class),
                at,
                "nothing has been observed yet",
                List.of());
    }

    public boolean speaksAgainst(Side side) {
        return against.contains(side);
    }

    public Verdict verdict(Side side) {
        return switch (side) {
            case PRIMARY -> primary;
            case STANDBY -> standby;
        };
    }
}
