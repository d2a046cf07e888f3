package de.doppelboden.continuity;

/**
 * What one side has given since the judge began; differences of two of these are what happened between.
 *
 * @param requests of users
 * @param good of these, in budget
 * @param mirrored reads sent to it with their answers thrown away
 * @param mirroredBad of these, late, wrong or unanswered although the serving side did better
 */
public record Served(long requests, long good, long mirrored, long mirroredBad) {

    static final Served NOTHING = new Served(0, 0, 0, 0);

    Served since(Served before) {
        return new Served(
                requests - before.requests,
                good - before.good,
                mirrored - before.mirrored,
                mirroredBad - before.mirroredBad);
    }

    Served and(Source source, Grade grade, boolean worseThanPartner) {
        var bad = grade.worseThan(Grade.SLOW);
        return switch (source) {
            case USER -> new Served(requests + 1, good + (bad ? 0 : 1), mirrored, mirroredBad);
            case MIRROR -> new Served(requests, good, mirrored + 1, mirroredBad + (bad && worseThanPartner ? 1 : 0));
            case PROBE, HEDGE -> this;
        };
    }
}
