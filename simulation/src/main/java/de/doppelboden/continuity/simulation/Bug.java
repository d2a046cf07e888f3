package de.doppelboden.continuity.simulation;

/** What a careless hand could have built instead; each must be found by the seeds. */
enum Bug implements Planted {
    /** A user is told that it is done before the journal is durable. */
    ACKNOWLEDGES_BEFORE_DURABLE,
    /** The journal takes entries under an old epoch. */
    JOURNAL_WITHOUT_FENCE,
    /** The journal stores the same act twice, and hands each over under a key of its own. */
    JOURNAL_WITHOUT_IDEMPOTENCY,
    /** A claim is granted whatever the epoch and the intent. */
    CLAIM_WITHOUT_COMPARE,
    /** Keys go to the primary while the journal holds entries that it lacks. */
    CLAIM_IGNORES_THE_JOURNAL,
    /** A gateway sends writes although its right has ended. */
    GATEWAY_IGNORES_HOLD,
    /** The standby does what it must not. */
    FORBIDDEN_IS_ACCEPTED,
    /** A form that is sent again gets a new idempotency key. */
    FRESH_KEY_FOR_EACH_ATTEMPT,
    /** An unknown outcome is taken for "not done" without asking. */
    REPEATS_BLINDLY,
    /** A person is asked to confirm an act that the primary has. */
    REVIEWS_WITHOUT_ASKING,
    /** A conflict is dropped instead of shown to a person. */
    DROPS_CONFLICTS,
    /** Entries of one key go back in any order. */
    IGNORES_THE_ORDER_OF_A_KEY,
    /** A peer vouches whatever it is about to do. */
    VOUCHES_ALWAYS,
    /** Leases are measured by the wall clock. */
    LEASE_BY_WALL_CLOCK,
    /** A claimant takes everybody for having yielded. */
    WAITS_FOR_NOBODY,
    /** The store's answers are cached, so that a change of owner is not seen. */
    STALE_OWNERSHIP,
    /** A restart begins as if nothing had ever happened. */
    RESTART_FORGETS,
    /** Whatever the standby answers is reported as good. */
    STANDBY_IS_TRUSTED,
    /** The standby is neither probed nor asked. */
    STANDBY_IS_NOT_WATCHED,
    /** A page with status 200 is taken for an answer. */
    LIES_ARE_BELIEVED,
    /** Users' outcomes are not reported, a health check is. */
    ONLY_HEALTH_IS_WATCHED,
    /** A primary that answers a probe may return at once. */
    NO_RAMP,
    /** An exercise ends, and its keys stay on the standby. */
    EXERCISE_KEEPS_ITS_KEYS,
    /** In an exercise writes go where they always go. */
    EXERCISE_WRITES_AS_EVER,
    /** A proof never ends. */
    PROOF_NEVER_ENDS,
    /** Parts that both sides stand on are not looked at. */
    SHARED_PARTS_ARE_IGNORED
}
