package de.doppelboden.city.register;

import de.doppelboden.city.population.Resident;
import java.time.Instant;

/**
 * A resident as the register holds her.
 *
 * @param stand counts the changes of the record; an order names the one it was made for
 */
record Held(Resident resident, long stand, Instant changed) {

    boolean blocked() {
        return resident.blockedSince() != null;
    }
}
