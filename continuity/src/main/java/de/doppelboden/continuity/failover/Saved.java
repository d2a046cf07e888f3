package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Steward;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a gateway keeps in a local file, so that it goes on after a restart where it was. A gateway without one takes the
 * store's ownership, and only when there is neither the initial one.
 *
 * @param byOrder a person moved users to the standby, so a person takes them back
 * @param company see {@link Steward#company()}
 * @param nextExercise when the clock begins one, so that a gateway that ends in an exercise does not begin it at once again
 * @param failedReturns how many returns have failed recently
 */
public record Saved(
        State state,
        Instant since,
        String reason,
        Mode mode,
        boolean byOrder,
        Ownership ownership,
        Optional<Set<String>> company,
        Set<String> movedClasses,
        int failedReturns,
        Optional<Instant> lastReturn,
        Optional<Proof> proof,
        Optional<Instant> nextExercise) {

    public Saved {
        movedClasses = Set.copyOf(movedClasses);
    }

    /** The same in another mode. */
    public Saved in(Mode other) {
        return new Saved(
                state,
                since,
                reason,
                other,
                byOrder,
                ownership,
                company,
                movedClasses,
                failedReturns,
                lastReturn,
                proof,
                nextExercise);
    }
}
