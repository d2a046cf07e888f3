package de.doppelboden.continuity;

import java.time.Duration;

/**
 * How long a gateway may act for ordered keys on its last word from the store or from its peer.
 *
 * @param length of a lease, on the holder's own clock, from before it was asked for
 * @param renew how often it is renewed
 * @param margin what a claimant waits beyond the length: clock drift, and a pause between check and send
 */
public record LeaseSettings(Duration length, Duration renew, Duration margin) {

    public static final LeaseSettings DEFAULT =
            new LeaseSettings(Duration.ofMillis(1500), Duration.ofMillis(250), Duration.ofMillis(500));

    public long waitNanos() {
        return length.plus(margin).toNanos();
    }
}
