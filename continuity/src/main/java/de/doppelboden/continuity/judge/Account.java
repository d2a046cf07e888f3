package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Figure;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts what was found into a sentence with numbers for an operator, and into figures for the pages. */
final class Account {

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final Finding primary;
    private final Finding standby;

    Account(Finding primary, Finding standby) {
        this.primary = primary;
        this.standby = standby;
    }

    String sentence() {
        if (primary.speaks()) {
            return spoken(primary);
        }
        if (standby.speaks()) {
            return spoken(standby);
        }
        var worse = primary.raw() / primary.threshold() >= standby.raw() / standby.threshold() ? primary : standby;
        return worse.raw() >= worse.threshold() / 2 ? suspected(worse) : ordinary();
    }

    private static String spoken(Finding found) {
        var suspicion = found.suspicion();
        var ill = found.ill().stream().map(Operation::name).collect(Collectors.joining(", ", " (", ")"));
        var where = found.ill().isEmpty() || found.ill().size() > 3 ? "" : ill;
        var what = switch (found.speech()) {
            case NO_ANSWER -> "gives no answer";
            case WRONG_ANSWERS -> "gives wrong answers";
            case SLOWNESS -> "keeps users waiting";
            case LATE_ANSWERS -> "answers late";
            case NOTHING ->
                throw new IllegalStateException(
                        "nothing was found against the " + found.side().spoken());
        };
        return "the " + found.side().spoken() + " " + what + ": " + counted(suspicion, where) + " within "
                + Time.spoken(found.now() - suspicion.onset()) + " were "
                + (found.speech() == Watch.Speech.SLOWNESS ? "past half their time" : "late, wrong or unanswered")
                + ", " + waiting(found) + "; " + otherSide(found, suspicion) + otherwise(suspicion);
    }

    /** All that was seen; what users asked for apart, where we have asked as well. */
    private static String counted(Suspicion suspicion, String where) {
        var all = suspicion.seen.bad() + " of " + suspicion.seen.all() + " requests" + where;
        if (suspicion.seen.ofUsers() == suspicion.seen.all()) {
            return all;
        }
        return suspicion.seen.ofUsers() == 0
                ? all + ", none of users,"
                : "%s, of users %d of %d,".formatted(all, suspicion.seen.badOfUsers(), suspicion.seen.ofUsers());
    }

    private static String otherwise(Suspicion suspicion) {
        var seen = suspicion.seen.otherwise();
        return seen == 0 ? "" : "; what it answered was something else in " + seen;
    }

    private static String waiting(Finding found) {
        var traffic = found.traffic();
        return traffic.underWay == 0
                ? "none is waiting"
                : traffic.underWay + " are waiting, the longest for " + Time.spoken(found.now() - traffic.oldestBegin);
    }

    private static String otherSide(Finding found, Suspicion suspicion) {
        var seen = found.other().samples.endedSince(suspicion.onset());
        return "the " + found.side().other().spoken() + " answered " + seen.good() + " of " + seen.all()
                + " well at the same time";
    }

    private String suspected(Finding found) {
        var suspicion = found.suspicion();
        var other = found.side().other();
        var seen = found.other().samples.endedSince(suspicion.onset());
        var what = counted(suspicion, "") + " to the " + found.side().spoken() + " within "
                + Time.spoken(found.now() - suspicion.onset()) + " were late, wrong or waiting";
        if (found.traffic().busy()) {
            return what + ", and it is catching up: this looks like a pause";
        }
        if (seen.all() == 0) {
            return what + ", but the " + other.spoken() + " has not been seen at the same time: it is being asked";
        }
        if (seen.good() * 2 < seen.all()) {
            return what + ", but the " + other.spoken() + " answered only " + seen.good() + " of " + seen.all()
                    + " well: both sides are ill, moving users would help nobody";
        }
        return what + ", which may still be chance or a pause";
    }

    private String ordinary() {
        var serving = primary.verdict() == Verdict.UNKNOWN && standby.verdict() != Verdict.UNKNOWN ? standby : primary;
        var recent = serving.all().samples.endedSince(serving.now() - MINUTE_NANOS);
        return recent.all() == 0
                ? "nothing was observed in the last minute"
                : "the " + serving.side().spoken() + " answered " + recent.good() + " of the last " + recent.all()
                        + " requests well; " + verdict(primary) + ", " + verdict(standby);
    }

    private static String verdict(Finding found) {
        return found.side().spoken() + " " + found.verdict().name().toLowerCase(Locale.ROOT);
    }

    List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        for (var found : List.of(primary, standby)) {
            var name = found.side().spoken();
            var recent = found.all().samples.endedSince(found.now() - MINUTE_NANOS);
            figures.add(new Figure(name + ".requests", round(found.traffic().rate()), "1/s"));
            figures.add(new Figure(
                    name + ".good", recent.all() == 0 ? 0 : round(100.0 * recent.good() / recent.all()), "%"));
            figures.add(new Figure(name + ".underWay", found.traffic().underWay, "requests"));
            figures.add(new Figure(name + ".suspicion", round(100 * found.raw() / found.threshold()), "%"));
        }
        return figures;
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
