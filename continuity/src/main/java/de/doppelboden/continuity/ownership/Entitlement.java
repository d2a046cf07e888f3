package de.doppelboden.continuity.ownership;

/**
 * This gateway's right to act for ordered keys under one epoch, on its own monotonic clock.
 *
 * @param endless there is no other gateway, so nobody else can change the epoch
 */
public record Entitlement(long epoch, long until, boolean endless) {

    static final Entitlement NONE = new Entitlement(-1, 0, false);

    /** The same without going on for ever. */
    Entitlement ending() {
        return new Entitlement(epoch, until, false);
    }

    public boolean allows(long ofEpoch, long nanos) {
        return epoch == ofEpoch && (endless || nanos - until < 0);
    }
}
