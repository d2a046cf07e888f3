package de.doppelboden.continuity.feed;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the standby's copy is behind.
 *
 * @param current the primary's data up to this moment are on the standby
 */
public record Lag(Instant current) {

    public Duration behind(Instant now) {
        var behind = Duration.between(current, now);
        return behind.isNegative() ? Duration.ZERO : behind;
    }
}
