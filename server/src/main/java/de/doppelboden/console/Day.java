package de.doppelboden.console;

import java.time.Instant;
import java.util.List;

/** The last day of a service: what users got on both sides, oldest first, and the decisions. */
public record Day(List<Traffic> traffic, List<Marked> decisions) {

    static final Day EMPTY = new Day(List.of(), List.of());

    /** What users got on both sides in the time that begins at {@code at}; and our probes, where there were no users. */
    public record Traffic(Instant at, Counts primary, Counts standby, Counts probesOfPrimary, Counts probesOfStandby) {

        Traffic plus(Traffic other) {
            return new Traffic(
                    at,
                    primary.plus(other.primary),
                    standby.plus(other.standby),
                    probesOfPrimary.plus(other.probesOfPrimary),
                    probesOfStandby.plus(other.probesOfStandby));
        }

        Traffic from(Instant begin) {
            return new Traffic(begin, primary, standby, probesOfPrimary, probesOfStandby);
        }
    }

    /** How many requests ended how. */
    public record Counts(long inBudget, long late, long failed, long none) {

        static final Counts NONE = new Counts(0, 0, 0, 0);

        public long all() {
            return inBudget + late + failed + none;
        }

        public long bad() {
            return failed + none;
        }

        Counts plus(Counts other) {
            return new Counts(inBudget + other.inBudget, late + other.late, failed + other.failed, none + other.none);
        }
    }

    /** A decision that is marked in the picture of the day. */
    public record Marked(Instant at, String action, String state, String reason) {}
}
