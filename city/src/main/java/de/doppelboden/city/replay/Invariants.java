package de.doppelboden.city.replay;

import java.util.ArrayList;
import java.util.List;

/** What must hold after a replay. */
final class Invariants {

    private static final double SENT_AWAY_SHARE = 0.005;
    private static final long TIME_TO_GOOD_MS = 2_000;

    private Invariants() {}

    /** A sentence for each that does not hold. A group alone has to keep none. */
    static List<String> broken(CountersDay.Result played) {
        var broken = new ArrayList<String>();
        if (played.floor() == null) {
            return broken;
        }
        Figures floor = played.floor().figures();
        zero(broken, "entries were acknowledged and are nowhere", floor.lost());
        zero(broken, "cases were recorded more than once", floor.doubled());
        zero(broken, "pages showed a blocked person to somebody without the right", floor.blockedShown());
        zero(broken, "changes of side were more than there and back", floor.excessSwitches());
        int away = played.alone().figures().sentAway();
        if (floor.sentAway() > SENT_AWAY_SHARE * away) {
            broken.add(floor.sentAway() + " citizens were sent away with the second floor, and " + away
                    + " without: more than 0.5 %.");
        }
        Long good = floor.timeToGoodMs();
        if (good == null || good > TIME_TO_GOOD_MS) {
            broken.add("It took " + (good == null ? "for ever" : good + " ms")
                    + " until users were well again: more than " + TIME_TO_GOOD_MS + " ms.");
        }
        if (!Boolean.TRUE.equals(floor.sidesEqualAfterReturn())) {
            broken.add("After the return both sides do not hold the same.");
        }
        return broken;
    }

    private static void zero(List<String> broken, String what, int count) {
        if (count != 0) {
            broken.add(count + " " + what + ".");
        }
    }
}
