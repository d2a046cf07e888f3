package de.doppelboden.city.replay;

import java.util.List;

/** What must hold after the day of the counters. */
final class Invariants {

    private static final double SENT_AWAY_SHARE = 0.005;
    private static final long TIME_TO_GOOD_MS = 2_000;

    private Invariants() {}

    /** A group alone has to keep none. */
    static List<Invariant> of(CountersDay.Result played) {
        if (played.floor() == null) {
            return List.of();
        }
        Figures floor = played.floor().figures();
        int away = played.alone().figures().sentAway();
        Long good = floor.timeToGoodMs();
        return List.of(
                none(
                        "noneLost",
                        "no acknowledged entry is lost",
                        "entries were acknowledged and are nowhere",
                        floor.lost()),
                none("noneDoubled", "no case is recorded twice", "cases were recorded more than once", floor.doubled()),
                none(
                        "blockedHidden",
                        "no blocked person is shown to somebody without the right",
                        "pages showed a blocked person to somebody without the right",
                        floor.blockedShown()),
                none(
                        "noExcessSwitches",
                        "users are moved there and back, once",
                        "changes of side were more than there and back",
                        floor.excessSwitches()),
                new Invariant(
                        "peopleServed",
                        floor.sentAway() <= SENT_AWAY_SHARE * away,
                        "at most 0.5 % of the citizens whom the other group sends away are sent away",
                        floor.sentAway() + " citizens were sent away with the second floor, and " + away
                                + " without: more than 0.5 %."),
                new Invariant(
                        "wellSoon",
                        good != null && good <= TIME_TO_GOOD_MS,
                        "users are well again within " + TIME_TO_GOOD_MS + " ms",
                        "It took " + (good == null ? "for ever" : good + " ms")
                                + " until users were well again: more than " + TIME_TO_GOOD_MS + " ms."),
                new Invariant(
                        "sidesEqual",
                        Boolean.TRUE.equals(floor.sidesEqualAfterReturn()),
                        "after the return both sides hold the same",
                        "After the return both sides do not hold the same."));
    }

    private static Invariant none(String name, String promise, String what, int count) {
        return new Invariant(name, count == 0, promise, count + " " + what + ".");
    }
}
