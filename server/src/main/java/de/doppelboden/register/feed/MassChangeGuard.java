package de.doppelboden.register.feed;

import de.doppelboden.continuity.FeedChange;
import java.util.Optional;
import java.util.function.Function;

/** Says why a change must not go through unasked; empty lets it pass. */
interface MassChangeGuard extends Function<FeedChange, Optional<String>> {

    /** A person has looked: what was refused may pass now. */
    void accept(String actor);
}
