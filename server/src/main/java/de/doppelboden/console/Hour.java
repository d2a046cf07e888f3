package de.doppelboden.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The last hour of a service in intervals, as the gateway recorded it.
 *
 * @param from the earliest of which all is recorded
 * @param operations all that were asked for, in the order in which they were met
 */
public record Hour(
        Instant from,
        Instant until,
        Duration width,
        List<Operation> operations,
        List<Interval> intervals,
        List<Pending> pendings) {

    static final Hour EMPTY =
            new Hour(Instant.EPOCH, Instant.EPOCH, Duration.ofSeconds(30), List.of(), List.of(), List.of());

    /** One kind of thing that users do, and what is late in their eyes. */
    public record Operation(String name, Duration budget) {}

    /**
     * What one side gave in one interval.
     *
     * @param ours probes and reads of our own, because there were no users
     * @param taken in no other number here: given to the other side in time, or left by the user
     * @param p50Ms half of the answers took no longer; less than 0 if there was none
     */
    public record Interval(
            String side,
            Instant at,
            boolean ours,
            long good,
            long late,
            long failed,
            long taken,
            double p50Ms,
            double p95Ms) {

        long all() {
            return good + late + failed;
        }
    }

    /** Users were about to be moved, which is over. */
    public record Pending(Instant from, Instant until, List<String> classes, String sentence) {}
}
