package de.doppelboden.city.limping;

import de.doppelboden.city.replay.Invariant;
import java.util.ArrayList;
import java.util.List;

/** What must hold after the replay. */
final class Invariants {

    private static final double SENT_AWAY_SHARE = 0.005;

    private Invariants() {}

    static List<Invariant> of(Collapse collapse) {
        var all = new ArrayList<Invariant>();
        Account haproxy = collapse.haproxy();
        all.add(new Invariant(
                "checkStayedGreen",
                haproxy.watched()
                        && haproxy.samples().stream()
                                .allMatch(sample -> sample.view() instanceof View.Haproxy view && view.green()),
                "HAProxy's health check of the collapsed primary stays green",
                "HAProxy's health check of the collapsed primary was not green throughout: the case was not played."));
        all.add(new Invariant(
                "haproxyStayed",
                haproxy.left().isEmpty() && haproxy.standby().isEmpty(),
                "HAProxy stays on the collapsed primary",
                "HAProxy left the collapsed primary: the case was not played."));
        collapse.floor().ifPresent(floor -> ours(all, floor, haproxy, collapse.plan()));
        return all;
    }

    private static void ours(List<Invariant> all, Account floor, Account haproxy, Plan plan) {
        all.add(new Invariant(
                "noneLost",
                floor.lost() == 0,
                "no acknowledged form is lost",
                floor.lost() + " forms were acknowledged and are on neither side."));
        all.add(new Invariant(
                "noneDoubled",
                floor.doubled() == 0,
                "no form is carried out twice",
                floor.doubled() + " forms were carried out more than once."));
        all.add(new Invariant(
                "noneContradicted",
                floor.contradicted() == 0,
                "nobody is told that a form is not entered that is",
                floor.contradicted() + " people were told that their form is not entered, and it is."));
        double left = floor.left().orElse(Double.POSITIVE_INFINITY);
        all.add(new Invariant(
                "leftWhileGreen",
                floor.watched() && left < plan.well() && floor.healthGreen(left),
                "the collapsed primary is left while its health URL is green",
                "The collapsed primary was not left while its health URL was green."));
        all.add(new Invariant(
                "notBackWhileLimping",
                floor.watched() && floor.returnsWhileLimping() == 0,
                "nobody is sent back to the collapsed primary",
                "Users were brought back to the collapsed primary " + floor.returnsWhileLimping() + " times."));
        all.add(new Invariant(
                "backWhenWell",
                floor.back().isPresent() && floor.back().getAsDouble() >= plan.well(),
                "all are back on the primary when it is well again",
                "Users were not brought back to the primary when it was well again."));
        long away = haproxy.people(Visit.Outcome.SENT_AWAY);
        long ours = floor.people(Visit.Outcome.SENT_AWAY);
        all.add(new Invariant(
                "peopleServed",
                away > 0 && ours <= SENT_AWAY_SHARE * away,
                "at most 0.5 % of the people whom HAProxy's group sends away are sent away",
                ours + " people were sent away with the second floor, and " + away + " without: more than 0.5 %."));
    }
}
