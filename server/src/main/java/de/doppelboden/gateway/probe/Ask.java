package de.doppelboden.gateway.probe;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.gateway.relay.Check;
import java.util.function.Supplier;

/**
 * One thing that a probe does.
 *
 * @param pool connections with the probe's own time limits
 * @param check whether the answer is what a clerk would call good
 * @param turn when it is asked
 */
public record Ask(
        Operation operation, Side side, SidePool pool, Supplier<SideRequest> request, Check check, Turn turn) {

    /** When a probe is asked. */
    public enum Turn {
        /** In every round: what most of the work is. */
        EACH_ROUND,
        /** One of the side's rarer pages in each round, so that none of them is asked for the first time when users come. */
        ONE_A_ROUND
    }
}
