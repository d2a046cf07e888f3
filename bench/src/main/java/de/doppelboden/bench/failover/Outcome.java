package de.doppelboden.bench.failover;

import de.doppelboden.city.webapp.Side;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a scenario came to for the users of one gateway.
 *
 * @param bad failed, or later than half a second
 * @param unanswered of these
 * @param late answered, but too late
 * @param excess changes of side beyond those that are needed
 * @param twice writes that were carried out more than once
 * @param ghosts writes that were carried out although the user was told that they failed
 * @param lagMillis how late the load was with one request in a hundred; above 20 a run says nothing
 */
public record Outcome(int bad, int unanswered, int late, int excess, int twice, int ghosts, double lagMillis) {

    private static final double BIN_SECONDS = 0.25;
    private static final int SPEAKS = 8;

    static Outcome of(Scenario scenario, List<Users.Got> all, Side primary, Side standby) {
        List<Users.Got> counted = all.stream().filter(got -> !got.poisoned()).toList();
        int bad = (int) counted.stream().filter(Users.Got::bad).count();
        int late = (int) counted.stream().filter(Users.Got::late).count();
        Set<Long> written = new HashSet<>(primary.carriedOut().keySet());
        written.addAll(standby.carriedOut().keySet());
        int twice = (int) written.stream()
                .filter(number -> times(primary, number) + times(standby, number) > 1)
                .count();
        int ghosts = (int) all.stream()
                .filter(got -> got.write() && got.toldThatItFailed() && written.contains(got.number()))
                .count();
        double[] lags = all.stream().mapToDouble(Users.Got::lagMillis).sorted().toArray();
        return new Outcome(
                bad,
                bad - late,
                late,
                Math.max(0, changes(scenario, primary.arrivals(), standby.arrivals()) - scenario.changes()),
                twice,
                ghosts,
                lags.length == 0 ? 0 : lags[(int) (0.99 * lags.length)]);
    }

    private static int times(Side side, long number) {
        return side.carriedOut().getOrDefault(number, 0);
    }

    /** How often most of the users' requests changed the side that they reach. */
    private static int changes(Scenario scenario, Collection<Double> toPrimary, Collection<Double> toStandby) {
        int bins = (int) Math.ceil(scenario.end() / BIN_SECONDS);
        int[] primary = binned(toPrimary, bins);
        int[] standby = binned(toStandby, bins);
        boolean atStandby = false;
        int changes = 0;
        for (int i = 0; i < bins; i++) {
            if (primary[i] + standby[i] < SPEAKS) {
                continue;
            }
            boolean leaves = standby[i] > 2 * primary[i] && !atStandby;
            boolean returns = primary[i] > 2 * standby[i] && atStandby;
            if (leaves || returns) {
                atStandby = leaves;
                changes++;
            }
        }
        return changes;
    }

    private static int[] binned(Collection<Double> seconds, int bins) {
        int[] count = new int[bins];
        for (double second : seconds) {
            int bin = (int) (second / BIN_SECONDS);
            if (second >= 0 && bin < bins) {
                count[bin]++;
            }
        }
        return count;
    }
}
