package de.doppelboden.continuity;

import java.util.Optional;

/** Looks at each batch of the feed before it is applied: mass changes stop the feed and ask, a permit on the primary holds it. */
public final class FeedGuard {

    public FeedGuard(GuardSettings settings, Time time) {}

    /** Whether this batch may be applied: {@code RELEASE}, or {@code HOLD} with the sentence that asks. */
    public Decision check(FeedChange batch, Optional<Permit> permit) {
        return new Decision(Decision.Action.RELEASE, "an ordinary batch");
    }

    /** A person has looked: the batch that was asked about may pass. */
    public void accept(String actor) {}
}
