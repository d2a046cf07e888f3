package de.doppelboden.continuity.simulation.webapp;

/** How many events of a kind there may be at most, if so many were seen: exact for events that come independently. */
public final class PoissonBound {

    private static final int HALVINGS = 100;

    private PoissonBound() {}

    /**
     * The mean at which so few events, or fewer, would be seen with a probability of no more than {@code 1 - confidence} (F.
     * Garwood, Fiducial Limits for the Poisson Distribution, 1936). For none seen and 95 % it is 2.996.
     */
    public static double atMost(long seen, double confidence) {
        var low = 0.0;
        var high = 10.0 + 4 * (seen + 1);
        for (var i = 0; i < HALVINGS; i++) {
            var middle = (low + high) / 2;
            if (soFewOrFewer(seen, middle) > 1 - confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double soFewOrFewer(long seen, double mean) {
        var term = Math.exp(-mean);
        var sum = term;
        for (var k = 1; k <= seen; k++) {
            term *= mean / k;
            sum += term;
        }
        return sum;
    }
}
