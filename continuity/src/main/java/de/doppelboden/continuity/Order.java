package de.doppelboden.continuity;

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
     * Begin an exercise: these users are served by the standby for a while, and these keys belong to it.
     *
     * @param keys of no meaning for free keys
     */
    record Prove(Slice users, Slice keys, String actor, String reason) implements Order {}

    record EndExercise(String actor, String reason) implements Order {}

    /** Failed returns are to be forgotten. */
    record LiftReturnBound(String actor, String reason) implements Order {}

    /** Another gateway is known to be down for good: do not wait for it. */
    record DeclareGone(String gateway, String actor, String reason) implements Order {}
}
