package de.doppelboden.city.limping;

import de.doppelboden.city.webapp.Behaviour;
import de.doppelboden.city.webapp.Script;
import java.util.SplittableRandom;

/**
 * What the seed draws of the day.
 *
 * @param peoplePerSecond who come, each with an errand of two to four pages
 * @param limps the second from which the primary's performance is collapsed
 * @param well the second from which it is well again
 * @param capacity the share of its usual performance that is left meanwhile
 */
record Plan(long seed, double peoplePerSecond, double limps, double well, double capacity) {

    private static final int SLOTS = 2;
    private static final int USUAL_SLOTS = 16;

    static Plan of(long seed) {
        var random = new SplittableRandom(seed * 7_919 + 2019);
        double limps = random.nextDouble(9, 13);
        return new Plan(
                seed,
                random.nextDouble(26, 32),
                limps,
                limps + random.nextDouble(22, 27),
                random.nextDouble(0.025, 0.045));
    }

    /** A single request stays quick, and so does the health URL; it is the number of them that does not get through. */
    Script script() {
        var limping = Behaviour.reduced(SLOTS, SLOTS / (USUAL_SLOTS * capacity));
        return moment -> moment.primary() && !moment.health() && limping(moment.second()) ? limping : Behaviour.FINE;
    }

    boolean limping(double second) {
        return second >= limps && second < well;
    }
}
