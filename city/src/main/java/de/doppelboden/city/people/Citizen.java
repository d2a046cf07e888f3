package de.doppelboden.city.people;

import de.doppelboden.city.population.Resident;
import de.doppelboden.city.population.Resident.Address;

/**
 * Somebody who comes to a customer centre.
 *
 * @param number of the case, unique in a replay
 * @param who she is; for a registration from abroad who she will be
 * @param address where she moves to
 * @param mark written into what is recorded for her, so that it can be found again whatever happened to the forms
 */
record Citizen(int number, Errand errand, Resident who, Address address, String mark) {

    /** What somebody comes for. */
    enum Errand {
        /** To be looked up, for another office or a signature. */
        VIEW("auskunft", false),
        CERTIFICATE("bescheinigung", false),
        MOVE("umzug", true),
        BLOCK("sperre", true),
        ARRIVAL("zuzug", true),
        CIVIL_ACT("personenstand", true);

        private final String word;
        private final boolean writes;

        Errand(String word, boolean writes) {
            this.word = word;
            this.writes = writes;
        }

        /** The name that the register and the pages have for it. */
        String word() {
            return word;
        }

        boolean writes() {
            return writes;
        }
    }

    /** How the errand ended for her. */
    enum Outcome {
        SERVED,
        /** With a receipt; final when the register has it. */
        PROVISIONAL,
        /** Taken down on paper, as the page told the clerk to do. */
        ON_PAPER,
        SENT_AWAY
    }
}
