package de.doppelboden.city.limping;

import java.util.ArrayList;
import java.util.List;

/** What must hold after the replay. */
final class Invariants {

    private static final double SENT_AWAY_SHARE = 0.005;

    private Invariants() {}

    /**
     * One of them.
     *
     * @param name as in the JSON
     * @param sentence what is wrong if it does not hold
     */
    record Invariant(String name, boolean holds, String sentence) {}

    static List<Invariant> of(Collapse collapse) {
        var all = new ArrayList<Invariant>();
        Account haproxy = collapse.haproxy();
        all.add(new Invariant(
                "checkStayedGreen",
                haproxy.watched()
                        && haproxy.samples().stream()
                                .allMatch(sample -> sample.view() instanceof View.Haproxy view && view.green()),
                "HAProxy's health check of the collapsed primary was not green throughout: the case was not played."));
        all.add(new Invariant(
                "haproxyStayed",
                haproxy.left().isEmpty() && haproxy.standby().isEmpty(),
                "HAProxy left the collapsed primary: the case was not played."));
        collapse.floor().ifPresent(floor -> ours(all, floor, haproxy, collapse.plan()));
        return all;
    }

    private static void ours(List<Invariant> all, Account floor, Account haproxy, Plan plan) {
        all.add(new Invariant(
                "noneLost", floor.lost() == 0, floor.lost() + " forms were acknowledged and are on neither side."));
        all.add(new Invariant(
                "noneDoubled", floor.doubled() == 0, floor.doubled() + " forms were carried out more than once."));
        all.add(new Invariant(
                "noneContradicted",
                floor.contradicted() == 0,
                floor.contradicted() + " people were told that their form is not entered, and it is."));
        double left = floor.left().orElse(Double.POSITIVE_INFINITY);
        all.add(new Invariant(
                "leftWhileGreen",
                floor.watched() && left < plan.well() && floor.healthGreen(left),
                "The collapsed primary was not left while its health URL was green."));
        all.add(new Invariant(
                "notBackWhileLimping",
                floor.watched() && floor.returnsWhileLimping() == 0,
                "Users were brought back to the collapsed primary " + floor.returnsWhileLimping() + " times."));
        all.add(new Invariant(
                "backWhenWell",
                floor.back().isPresent() && floor.back().getAsDouble() >= plan.well(),
                "Users were not brought back to the primary when it was well again."));
        long away = haproxy.people(Visit.Outcome.SENT_AWAY);
        long ours = floor.people(Visit.Outcome.SENT_AWAY);
        all.add(new Invariant(
                "peopleServed",
                away > 0 && ours <= SENT_AWAY_SHARE * away,
                ours + " people were sent away with the second floor, and " + away + " without: more than 0.5 %."));
    }
}
