package de.doppelboden.continuity.ownership;

import de.doppelboden.continuity.Side;
import java.time.Instant;

/**
 * A change (update, move, data load) that is permitted on one side while the other, proven, could take over.
 *
 * @param until an open permit ends by itself; then the change must be verified or stays held
 */
public record Permit(
        String id, Side side, String what, String actor, Instant since, Instant until, Stage stage, String reason) {

    /** How far a change is. */
    public enum Stage {
        OPEN,
        /** Said to be done; the same probes as ever are looking at the changed side. */
        VERIFYING,
        /** Its side is not well after the change; users stay away from it until a person rolls back or verifies again. */
        HELD,
        CLOSED
    }

    public Permit at(Stage next, String why) {
        return new Permit(id, side, what, actor, since, until, next, why);
    }
}
