package de.doppelboden.continuity;

import java.time.Instant;
import java.util.Map;

/**
 * Who owns the keys of a service. Each change has a higher epoch; what was written under a lower one is refused.
 *
 * @param exceptions keys that belong to another side than the rest: a few, during an exercise or a step-by-step return
 */
public record Ownership(long epoch, Side owner, Map<Key, Side> exceptions, Instant since, String reason) {

    public static final int EXCEPTIONS_AT_MOST = 4096;

    public Ownership {
        exceptions = Map.copyOf(exceptions);
        if (exceptions.size() > EXCEPTIONS_AT_MOST) {
            throw new IllegalArgumentException("more than " + EXCEPTIONS_AT_MOST + " keys apart from the rest");
        }
    }

    /** What holds before anything was ever claimed. */
    public static Ownership initial(Instant since) {
        return new Ownership(0, Side.PRIMARY, Map.of(), since, "nothing was ever moved");
    }

    public Side of(Key key) {
        return exceptions.isEmpty() ? owner : exceptions.getOrDefault(key, owner);
    }
}
