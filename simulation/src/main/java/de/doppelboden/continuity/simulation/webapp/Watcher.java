package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import java.util.Optional;
import java.util.Set;

/** Who looks on while a site is used: is told what the gateway does, and changes nothing. */
interface Watcher {

    /** A request has come. */
    default void requested() {}

    /** A read that waits or has failed is asked of the other side as well. */
    default void hedges(Operation operation) {}

    /** A read is asked of both sides, because users are perhaps about to be moved. */
    default void asksBoth(Operation operation) {}

    default void effect(Side side, Write write) {}

    default void told(Optional<Write> write, Errand.Answer answer, long waitedNanos, Operation operation) {}

    /** The control loop has made a pass. */
    void decided(State before, Decision decision, Set<String> movedBefore);
}
