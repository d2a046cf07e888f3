package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Source;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one side has given since the judge began; differences of two of these are what happened between.
 *
 * @param requests of users
 * @param good of these, in budget
 * @param mirrored reads sent to it with their answers thrown away
 * @param mirroredBad of these, late, wrong or unanswered although the serving side did better
 * @param otherwise how many of these were wrong because the user was answered something else, by operation
 */
public record Served(long requests, long good, long mirrored, long mirroredBad, Map<String, Long> otherwise) {

    public static final Served NOTHING = new Served(0, 0, 0, 0, Map.of());

    public Served since(Served before) {
        return new Served(
                requests - before.requests,
                good - before.good,
                mirrored - before.mirrored,
                mirroredBad - before.mirroredBad,
                otherwiseSince(before));
    }

    private Map<String, Long> otherwiseSince(Served before) {
        if (otherwise.equals(before.otherwise)) {
            return Map.of();
        }
        var since = new TreeMap<String, Long>();
        otherwise.forEach((operation, number) -> {
            var more = number - before.otherwise.getOrDefault(operation, 0L);
            if (more > 0) {
                since.put(operation, more);
            }
        });
        return since;
    }

    Served and(Source source, Grade grade, boolean worseThanPartner) {
        var bad = grade.worseThan(Grade.SLOW);
        return switch (source) {
            case USER -> new Served(requests + 1, good + (bad ? 0 : 1), mirrored, mirroredBad, otherwise);
            case MIRROR ->
                new Served(requests, good, mirrored + 1, mirroredBad + (bad && worseThanPartner ? 1 : 0), otherwise);
            case PROBE, HEDGE -> this;
        };
    }

    /** Counts one more of those that were answered something else. */
    Served andOtherwise(String operation) {
        var more = new TreeMap<>(otherwise);
        more.merge(operation, 1L, Long::sum);
        return new Served(requests, good, mirrored, mirroredBad, more);
    }
}
