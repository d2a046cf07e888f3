package de.doppelboden.continuity;

import java.time.Duration;

/**
 * How changes are let through.
 *
 * @param longest a change may be permitted for
 * @param verify how long the changed side must be well before the change counts as good
 * @param patience after this without that, it is held
 */
public record GateSettings(Duration longest, Duration verify, Duration patience) {

    public static final GateSettings DEFAULT =
            new GateSettings(Duration.ofHours(12), Duration.ofSeconds(30), Duration.ofMinutes(10));
}
