package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.hindsight.WhatIf;
import de.doppelboden.continuity.judge.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What would have happened, beside what did.
 *
 * @param headline the answer in a sentence
 * @param lines of the table: in truth, played with the settings in force, played with those that were asked for
 * @param steps what would have been decided
 * @param cut not all of the hour could be played in the time there is; else empty
 * @param off the play with the settings in force moved users otherwise than it happened; else empty
 */
public record WhatIfPlayed(
        String headline, String recorded, List<Line> lines, List<Step> steps, String cut, String off) {

    /** A line of the table. */
    public record Line(String name, String truth, String today, String asked) {}

    private static final Set<String> MOVES =
            Set.of(Decision.Action.FAIL_OVER.name(), Decision.Action.MOVE_CLASS.name());
    private static final int MOST_TIMES = 5;

    /** So far apart two moves are still the same one. */
    private static final Duration CLOSE = Duration.ofSeconds(1);

    WhatIfPlayed(
            Recording recording,
            List<Day.Marked> decisions,
            WhatIf.Counts truth,
            WhatIf.Result asItIs,
            WhatIf.Result asAsked,
            Instant now) {
        this(
                headline(moves(asAsked), asItIs.users(), asAsked.users(), now),
                t("what.recorded", Moments.minute(recording.wall(recording.from())), Moments.minute(recording.at())),
                lines(decisions, recording, truth, asItIs, asAsked, now),
                steps(asAsked, now),
                Duration.between(asAsked.until(), recording.at()).toSeconds() > 1
                        ? t("what.cut", Moments.clock(asAsked.until()))
                        : "",
                off(moves(decisions, recording), moves(asItIs), now));
    }

    private static List<Instant> moves(WhatIf.Result played) {
        return played.steps().stream()
                .filter(step -> MOVES.contains(step.decision().action().name()))
                .map(WhatIf.Step::at)
                .toList();
    }

    private static List<Instant> moves(List<Day.Marked> decisions, Recording recording) {
        Instant from = recording.wall(recording.from());
        return decisions.stream()
                .filter(each -> MOVES.contains(each.action()) && !each.at().isBefore(from))
                .map(Day.Marked::at)
                .sorted()
                .toList();
    }

    private static String headline(List<Instant> moves, WhatIf.Counts today, WhatIf.Counts asked, Instant now) {
        String bad = t(
                "what.bad",
                Moments.number(asked.late() + asked.failed() + asked.refused()),
                Moments.number(today.late() + today.failed() + today.refused()));
        return moves.isEmpty() ? t("what.stays", bad) : t("what.moves", Moments.exact(moves.getFirst(), now), bad);
    }

    /** The play is as good as it finds what happened. */
    private static String off(List<Instant> truly, List<Instant> played, Instant now) {
        boolean same = truly.size() == played.size();
        for (int i = 0; same && i < truly.size(); i++) {
            same = Duration.between(truly.get(i), played.get(i)).abs().compareTo(CLOSE) <= 0;
        }
        return same ? "" : t("what.off", times(truly, now), times(played, now));
    }

    private static List<Line> lines(
            List<Day.Marked> decisions,
            Recording recording,
            WhatIf.Counts truth,
            WhatIf.Result asItIs,
            WhatIf.Result asAsked,
            Instant now) {
        List<Instant> truly = moves(decisions, recording);
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(t("what.moved"), times(truly, now), times(moves(asItIs), now), times(moves(asAsked), now)));
        lines.add(new Line(
                t("what.standby"),
                Moments.span(Duration.ofSeconds(WhatIf.standbySecondsInTruth(recording))),
                Moments.span(Duration.ofSeconds(asItIs.standbySeconds())),
                Moments.span(Duration.ofSeconds(asAsked.standbySeconds()))));
        var a = asItIs.users();
        var b = asAsked.users();
        lines.add(numbers("what.requests", truth.requests(), a.requests(), b.requests()));
        lines.add(numbers("what.late", truth.late(), a.late(), b.late()));
        lines.add(numbers("what.failed", truth.failed(), a.failed(), b.failed()));
        lines.add(new Line(
                t("what.refused"), t("what.unrecorded"), Moments.number(a.refused()), Moments.number(b.refused())));
        lines.add(numbers("what.unknown", 0, a.unknown(), b.unknown()));
        lines.add(numbers("what.assumed", 0, a.assumed(), b.assumed()));
        return lines;
    }

    private static Line numbers(String key, long truth, long asItIs, long asAsked) {
        return new Line(t(key), Moments.number(truth), Moments.number(asItIs), Moments.number(asAsked));
    }

    private static String times(List<Instant> moves, Instant now) {
        if (moves.isEmpty()) {
            return t("what.never");
        }
        String first = moves.stream()
                .limit(MOST_TIMES)
                .map(at -> Moments.exact(at, now))
                .collect(Collectors.joining(", "));
        return moves.size() > MOST_TIMES ? t("what.more", first, moves.size() - MOST_TIMES) : first;
    }

    private static List<Step> steps(WhatIf.Result played, Instant now) {
        return Step.of(
                played.steps().stream()
                        .map(step -> new Day.Marked(
                                step.at(),
                                step.decision().action().name(),
                                step.state().name(),
                                step.decision().reason()))
                        .toList(),
                now);
    }
}
