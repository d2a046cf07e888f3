package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.console.Day.Marked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A decision as people are told it. A way back to the primary is decided in many passes and is one thing to them: one step, told by
 * how it ended, with its parts.
 *
 * @param number in a picture; 0: in none
 * @param at when it was over
 * @param when the same for people, from when until when if it took a while
 * @param parts oldest first; empty if it is a single decision
 */
public record Step(int number, Instant at, String when, String headline, String reason, List<Step> parts) {

    private static final Set<String> OF_A_RETURN = Set.of("RECONCILE", "RAMP", "RETURN", "FAIL_BACK", "ABORT");
    private static final Set<String> ON_THE_WAY = Set.of("RECONCILING", "RETURNING");

    /** Oldest first. */
    static List<Step> of(List<Marked> decisions, Instant now) {
        List<List<Marked>> told = new ArrayList<>();
        List<Marked> back = List.of();
        for (Marked each :
                decisions.stream().sorted(Comparator.comparing(Marked::at)).toList()) {
            boolean goesBack = OF_A_RETURN.contains(each.action());
            if (!goesBack || back.isEmpty()) {
                List<Marked> alone = new ArrayList<>(List.of(each));
                told.add(alone);
                back = goesBack ? alone : each.action().equals("FAIL_OVER") ? List.of() : back;
            } else {
                back.add(each);
            }
            if (!back.isEmpty() && !ON_THE_WAY.contains(back.getLast().state())) {
                back = List.of();
            }
        }
        List<Marked> underWay = back;
        return told.stream()
                .map(each -> each.size() == 1
                        ? single(each.getFirst(), now)
                        : together(each, each == underWay ? "under-way" : "left", now))
                .sorted(Comparator.comparing(Step::at))
                .toList();
    }

    private static Step single(Marked one, Instant now) {
        return new Step(0, one.at(), Moments.exact(one.at(), now), headline(one), one.reason(), List.of());
    }

    /** @param unfinished what is said of a return that has not come to an end */
    private static Step together(List<Marked> all, String unfinished, Instant now) {
        Marked last = all.getLast();
        String end = ON_THE_WAY.contains(last.state()) ? t("step.return." + unfinished) : headline(last);
        String when = t("step.span", Moments.exact(all.getFirst().at(), now), Moments.clock(last.at()));
        return new Step(
                0,
                last.at(),
                when,
                end,
                last.reason(),
                all.stream().map(each -> single(each, now)).toList());
    }

    private static String headline(Marked one) {
        String key = "action." + one.action();
        String there = key + "." + one.state();
        return Texts.has(there) ? t(there) : Texts.has(key) ? t(key) : one.action();
    }

    /** The same steps with numbers from 1 on, the latest of them if there are more than that. */
    static List<Step> numbered(List<Step> steps, int most) {
        List<Step> numbered = new ArrayList<>();
        for (Step each : steps.subList(Math.max(0, steps.size() - most), steps.size())) {
            numbered.add(new Step(numbered.size() + 1, each.at, each.when, each.headline, each.reason, each.parts));
        }
        return numbered;
    }
}
