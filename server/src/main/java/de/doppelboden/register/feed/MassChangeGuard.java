package de.doppelboden.register.feed;

import de.doppelboden.continuity.feed.FeedChange;
import java.util.Optional;
import java.util.function.Function;

/** Says why a change must not go through unasked; empty lets it pass. */
interface MassChangeGuard extends Function<FeedChange, Optional<String>> {

    /** Why the feed is to be held now, whatever it would read; empty when it is not. */
    default Optional<String> holds() {
        return Optional.empty();
    }

    /** A person has looked at what the feed stopped for, perhaps before a restart: it may pass now. */
    void accept(String actor);
}
