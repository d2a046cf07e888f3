package de.doppelboden.webapp.gate;

import de.doppelboden.continuity.Operation;
import de.doppelboden.gateway.relay.Success;

/**
 * What a request is.
 *
 * @param idempotent to be carried out twice does no harm
 * @param sameContent both sides answer it with the same bytes
 * @param found whether it has a class of its own; else it is one of all those that have not been met often enough
 */
record Kind(Operation operation, Success success, boolean idempotent, boolean sameContent, boolean found) {

    boolean read() {
        return operation.read();
    }
}
