package de.doppelboden.continuity;

import java.time.Duration;

/**
 * How a side that was left may come back.
 *
 * @param healthy how long probes of the primary must be good before anything is tried on it
 * @param step shortest time on each step of the mirror ramp
 * @param stepReads fewest mirrored reads on each step; fewer users make the steps longer
 * @param stepAtMost after this time the step is judged by the reads there were
 * @param harder factor on {@code healthy} and {@code step} for each return that failed recently
 * @param hardest bound of that factor, which a person sees and can lift
 * @param forget how long the primary must have served well before failed returns are forgotten
 * @param hold how long writes may wait while ownership goes back
 * @param slice shortest time between two slices of users on their way back
 */
public record ReturnSettings(
        Duration healthy,
        Duration step,
        int stepReads,
        Duration stepAtMost,
        double harder,
        double hardest,
        Duration forget,
        Duration hold,
        Duration slice) {

    public static final ReturnSettings DEFAULT = new ReturnSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            10,
            Duration.ofSeconds(20),
            2,
            32,
            Duration.ofHours(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1));
}
