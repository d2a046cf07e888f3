package de.doppelboden.cycle;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.State;

/** Who is told what the cycle decides; the evidence log, in the product. Must return at once. */
public interface Events {

    /**
     * A decision that changes something, or asks a person, or answers an order.
     *
     * @param actor opaque id of the person who ordered it; empty if nobody did
     */
    void decided(String service, Decision decision, State state, String actor);

    /** Something else that belongs on record, as a verdict that has changed. */
    void noted(String service, String kind, String sentence);
}
