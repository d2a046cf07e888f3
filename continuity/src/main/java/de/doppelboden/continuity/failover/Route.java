package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.ownership.Ownership;
import java.util.Set;

/**
 * Everything the data path asks, at one moment: immutable, replaced whole.
 *
 * @param serving where users go who are in no moving slice
 * @param moved classes that are served by the other side than {@code serving}
 * @param aside users who are served by the other side than {@code serving}: an exercise, or a return in slices
 * @param held writes wait: ownership is changing
 * @param pending classes whose writes wait: whether users are moved from where they are is about to be known
 * @param stalled classes of which nothing is answered just now where they are, but by the other side
 */
record Route(
        State state,
        Side serving,
        Ownership ownership,
        Set<String> moved,
        Slice aside,
        boolean held,
        Set<String> pending,
        Set<String> stalled,
        String holdReason) {

    Side side(Operation operation, String slice) {
        var apart = !moved.isEmpty() && moved.contains(operation.movesAs()) || aside.has(slice);
        return apart ? serving.other() : serving;
    }

    /** @param side where it would be done: only from the primary users are about to be moved, and a class may be away already */
    boolean holds(Operation operation, Side side) {
        return held || side == Side.PRIMARY && has(pending, operation);
    }

    /** Whether it is about to be known if users are moved. */
    boolean undecided(Operation operation) {
        return !held && (has(pending, operation) || has(stalled, operation));
    }

    private static boolean has(Set<String> classes, Operation operation) {
        return !classes.isEmpty() && classes.contains(operation.movesAs());
    }

    /** In an exercise who reads an ordered key reads it where it is written, so that nobody reads less than she wrote. */
    boolean readsByOwner() {
        return state == State.EXERCISING
                || serving == Side.PRIMARY && !ownership.apart().nobody();
    }
}
