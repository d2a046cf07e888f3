package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Slice;
import java.time.Duration;
import java.time.Instant;

/**
 * The dated result of an exercise: the standby has served these users for that long and lost nothing.
 *
 * @param inBudget of {@code requests}, so many were answered well and in time
 * @param lost writes acknowledged on the standby that did not reach the primary; a proof has 0
 * @param independence what the two sides did not share when it was made
 */
public record Proof(
        Instant at,
        Duration duration,
        Slice slice,
        long requests,
        long inBudget,
        long lost,
        Independence independence,
        String sentence) {

    /** Whether the standby counts as proven at that time, with the present declaration of what the sides share. */
    public boolean fresh(Instant now, Duration valid, Independence present) {
        return lost == 0 && now.isBefore(at.plus(valid)) && present.shared().isEmpty();
    }
}
