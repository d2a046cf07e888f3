package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import java.util.List;
import java.util.Set;

/**
 * What one weighing found about one side.
 *
 * @param ill operations that something speaks against
 * @param alone classes that may be moved alone while others are well: of the ill operations, or of those that are suspected when something
 *     speaks against the whole
 * @param partly the same, empty if it is rather the whole side
 * @param pending classes that something would speak against, if it had lasted long enough
 * @param well classes that were done well lately
 * @param loudest what speaks the most clearly: a class, or all of the side
 * @param other all of the other side
 */
record Finding(
        Side side,
        Verdict verdict,
        Watch.Speech speech,
        List<Operation> ill,
        Set<String> alone,
        Set<String> partly,
        Set<String> pending,
        Set<String> well,
        Watch loudest,
        Watch all,
        Watch other,
        Traffic traffic,
        double threshold,
        long now) {

    boolean speaks() {
        return speech != Watch.Speech.NOTHING;
    }

    /** What would be suspected if the other side were known to be better. */
    double raw() {
        return all.raw();
    }

    boolean quiet() {
        return !speaks() && raw() < threshold / 2;
    }

    Suspicion suspicion() {
        return switch (speech) {
            case SLOWNESS -> loudest.slowness;
            case NO_ANSWER, WRONG_ANSWERS, LATE_ANSWERS -> loudest.outcome;
            case NOTHING ->
                all.outcome.weigh(Weights.RAW) >= all.slowness.weigh(Weights.RAW) ? all.outcome : all.slowness;
        };
    }
}
