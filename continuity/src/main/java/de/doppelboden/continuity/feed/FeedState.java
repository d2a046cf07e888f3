package de.doppelboden.continuity.feed;

import java.util.Optional;

/**
 * How the standby is being kept current.
 *
 * @param lag empty while the first copy is not complete: then there is no standby yet
 * @param reason a sentence
 */
public record FeedState(Phase phase, Optional<Lag> lag, String reason) {

    /** What the feed does. */
    public enum Phase {
        /** The first copy is being made. */
        FIRST_COPY,
        RUNNING,
        /** The primary cannot be read now. */
        CUT_OFF,
        /** A change is permitted on the primary; the standby keeps what it had before. */
        HELD,
        /** Too much would change at once: a person is asked. */
        ASKING
    }

    /** A standby that needs no feed, because both sides use the same data. */
    public static final FeedState NOT_NEEDED =
            new FeedState(Phase.RUNNING, Optional.of(new Lag(java.time.Instant.MAX)), "both sides use the same data");

    /** Users can be served from the copy, however old; its age is shown to them. */
    public boolean usable() {
        return lag.isPresent();
    }
}
