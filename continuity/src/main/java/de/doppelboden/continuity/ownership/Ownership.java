package de.doppelboden.continuity.ownership;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import java.time.Instant;

/**
 * Who owns the keys of a service. Each change has a higher epoch; what was written under a lower one is refused.
 *
 * @param apart keys that belong to the other side than the rest, during an exercise
 */
public record Ownership(long epoch, Side owner, Slice apart, Instant since, String reason) {

    /** What holds before anything was ever claimed. */
    public static Ownership initial(Instant since) {
        return new Ownership(0, Side.PRIMARY, Slice.NOBODY, since, "nothing was ever moved");
    }

    public Side of(Key key) {
        return apart.has(key) ? owner.other() : owner;
    }
}
