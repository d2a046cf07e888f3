package de.doppelboden.continuity;

import java.time.Duration;
import java.util.Optional;

/**
 * When a standby counts as proven, and how it is exercised.
 *
 * @param valid how long a proof lasts
 * @param atLeast shortest time of an exercise
 * @param atMost after this the exercise ends, proven or not
 * @param requests fewest requests of users that an exercise must have served
 * @param inBudgetPercent of these must have been answered well and in time
 * @param slice of the users, and of the keys, that an exercise moves
 * @param timetable empty: only persons begin exercises
 */
public record ProofSettings(
        Duration valid,
        Duration atLeast,
        Duration atMost,
        int requests,
        int inBudgetPercent,
        Slice slice,
        Optional<Timetable> timetable) {

    public static final ProofSettings DEFAULT = new ProofSettings(
            Duration.ofDays(31),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            50,
            95,
            Slice.share(5),
            Optional.empty());
}
