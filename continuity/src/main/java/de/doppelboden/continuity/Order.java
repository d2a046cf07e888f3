package de.doppelboden.continuity;

import java.util.Set;

/** What a person orders. Each is answered by a {@link Decision}; an unsafe one is refused with a sentence. */
public sealed interface Order {

    /** Who orders it, as an opaque id, for the evidence log. */
    String actor();

    String reason();

    record FailOver(String actor, String reason) implements Order {}

    record FailBack(String actor, String reason) implements Order {}

    record Pause(String actor, String reason) implements Order {}

    record Resume(String actor, String reason) implements Order {}

    /** Observe, advise or automatic. */
    record Act(Mode mode, String actor, String reason) implements Order {}

    /**
     * Begin an exercise: these users' reads are served by the standby for a while, and these keys belong to it.
     *
     * @param keys for ordered keys, at most {@link Ownership#EXCEPTIONS_AT_MOST}
     */
    record Prove(Slice slice, Set<Key> keys, String actor, String reason) implements Order {
        public Prove {
            keys = Set.copyOf(keys);
        }
    }

    record EndExercise(String actor, String reason) implements Order {}

    /** Failed returns are to be forgotten. */
    record LiftReturnBound(String actor, String reason) implements Order {}

    /** Another gateway is known to be down for good: do not wait for it. */
    record DeclareGone(String gateway, String actor, String reason) implements Order {}
}
