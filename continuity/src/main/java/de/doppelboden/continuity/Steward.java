package de.doppelboden.continuity;

import java.util.Map;
import java.util.Set;

/**
 * Keeps this gateway's right to act for ordered keys, and changes their owner by the store. {@link #exchange} blocks and
 * has a thread of its own; all other methods are quick, on any thread.
 */
public final class Steward {

    private volatile Entitlement entitlement = Entitlement.NONE;
    private volatile Ownership ownership;

    /** @param company the other gateways as last known; none: this gateway was alone and goes on without the store */
    public Steward(String gateway, LeaseSettings settings, Time time, Ownership last, Set<String> company) {
        ownership = last;
    }

    /** One conversation with the store: renews the lease, yields to others, carries out what is wanted. */
    public void exchange(OwnershipStore store) {}

    /** The other gateway asks, because it has lost the store: may it go on under that epoch for one lease? */
    public boolean vouch(String peer, long epoch) {
        return false;
    }

    /** The only other gateway has vouched for that epoch; asked at {@code askedNanos}. */
    public void vouched(String peer, long epoch, long askedNanos) {}

    /** A person knows that this gateway is down for good. */
    public void declareGone(String gateway) {}

    public Ownership ownership() {
        return ownership;
    }

    /** This gateway may act for ordered keys now. */
    public boolean entitled(long nanos) {
        return entitlement.allows(ownership.epoch(), nanos);
    }

    Entitlement entitlement() {
        return entitlement;
    }

    void want(Side owner, Map<Key, Side> exceptions, String reason) {}
}
