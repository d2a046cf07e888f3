package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last hour of a service as a picture: for each side how long answers took, below it how requests ended, and across both what was
 * decided. Drawn here, so that it is the same without JavaScript and on paper.
 *
 * @param summary the picture in sentences, one of each side, also for who cannot see it
 * @param wide for a desk, {@code narrow} for a phone
 * @param marks what was decided or was near, with the numbers in the picture, the latest first
 * @param rows the same as a table
 * @param partly it is said that the recording does not go back for an hour; else empty
 */
public record HourPicture(
        String operation,
        List<String> operations,
        List<String> summary,
        Drawing wide,
        Drawing narrow,
        List<Step> marks,
        List<Row> rows,
        String partly) {

    private static final Duration SHOWN = Duration.ofHours(1);

    /** However short the recording is. */
    private static final Duration LEAST = Duration.ofMinutes(10);

    private static final Duration ROW = Duration.ofMinutes(5);
    private static final int MOST_MARKS = 30;
    private static final int WIDE = 960;
    private static final int NARROW = 340;

    /** Five minutes of one side in the table. */
    public record Row(
            String from, String side, long good, long late, long failed, long taken, String half, String most) {}

    /** Lines and numbers of one width. */
    public record Drawing(
            int width,
            int height,
            List<Lane> lanes,
            List<Line> marks,
            List<Label> labels,
            List<Label> ticks,
            int bottom) {}

    /**
     * One side.
     *
     * @param spread polygons between what half and what 95 of 100 answers took
     * @param half lines of what half of the answers took; {@code ours} where only we asked
     * @param budget height of the budget, or less than 0 where there is none to draw
     */
    public record Lane(
            String name,
            int top,
            int ground,
            List<String> spread,
            List<Path> half,
            List<Box> boxes,
            List<Label> scale,
            double budget) {}

    public record Path(String points, boolean ours) {}

    public record Box(String kind, double x, double y, double width, double height) {}

    public record Line(double x, boolean pending) {}

    public record Label(double x, double y, String text) {}

    static HourPicture of(Hour hour, List<Day.Marked> decisions, String operation, Instant now) {
        Instant begin = hour.from().isAfter(now.minus(LEAST))
                ? now.minus(LEAST)
                : hour.from().isAfter(now.minus(SHOWN)) ? hour.from() : now.minus(SHOWN);
        List<Hour.Interval> intervals = hour.intervals().stream()
                .filter(each -> !each.at().isBefore(begin))
                .toList();
        List<Step> marks = marks(hour, decisions, begin, now);
        var pendings = hour.pendings().stream().map(Hour.Pending::from).toList();
        var figures = new HourDrawing.Figures(
                intervals, hour.width(), budgetMs(hour, operation), begin, Duration.between(begin, now));
        boolean partly =
                !intervals.isEmpty() && hour.from().isAfter(now.minus(SHOWN).plus(hour.width()));
        return new HourPicture(
                operation,
                hour.operations().stream().map(Hour.Operation::name).sorted().toList(),
                summary(intervals),
                new HourDrawing(figures, WIDE, 8).drawn(marks, pendings),
                new HourDrawing(figures, NARROW, 4).drawn(marks, pendings),
                marks.reversed(),
                rows(intervals),
                partly ? t("hour.partly", Moments.minute(hour.from())) : "");
    }

    /** What is late, if it is the same for all that is shown; else less than 0. */
    private static double budgetMs(Hour hour, String operation) {
        var budgets = hour.operations().stream()
                .filter(each -> operation.isEmpty() || each.name().equals(operation))
                .map(Hour.Operation::budget)
                .distinct()
                .toList();
        return budgets.size() == 1 ? budgets.getFirst().toMillis() : -1;
    }

    private static List<Step> marks(Hour hour, List<Day.Marked> decisions, Instant begin, Instant now) {
        Stream<Step> near = hour.pendings().stream()
                .filter(each -> onPrimary(decisions, each.from()))
                .map(each -> new Step(
                        0,
                        each.from(),
                        Moments.exact(each.from(), now),
                        t(
                                "hour.pending",
                                each.classes().stream().map(Sentence::name).collect(Collectors.joining(", ")),
                                Moments.number(Duration.between(each.from(), each.until())
                                        .toMillis())),
                        each.sentence(),
                        List.of()));
        List<Step> all = Stream.concat(Step.of(decisions, now).stream(), near)
                .filter(each -> !each.at().isBefore(begin))
                .sorted(Comparator.comparing(Step::at))
                .toList();
        return Step.numbered(all, MOST_MARKS);
    }

    /** Who has been moved already is not about to be. */
    private static boolean onPrimary(List<Day.Marked> decisions, Instant at) {
        return decisions.stream()
                .filter(each -> !each.at().isAfter(at))
                .max(Comparator.comparing(Day.Marked::at))
                .map(each -> each.state().equals("NORMAL"))
                .orElse(true);
    }

    private static List<String> summary(List<Hour.Interval> intervals) {
        return intervals.isEmpty()
                ? List.of(t("hour.nothing"))
                : List.of(side(intervals, "PRIMARY"), side(intervals, "STANDBY"));
    }

    /** What users got; what only we asked for is in the picture. */
    private static String side(List<Hour.Interval> intervals, String side) {
        List<Hour.Interval> users = intervals.stream()
                .filter(each -> each.side().equals(side) && !each.ours())
                .toList();
        if (users.isEmpty()) {
            return t("hour.side.nothing", t("side." + side));
        }
        String some = t(
                "hour.side.some",
                t("side." + side),
                sum(users, Hour.Interval::all),
                sum(users, Hour.Interval::late),
                sum(users, Hour.Interval::failed),
                slowest(users));
        boolean taken = users.stream().anyMatch(each -> each.taken() > 0);
        return taken ? some + " " + t("hour.side.taken", sum(users, Hour.Interval::taken)) : some;
    }

    private static String sum(List<Hour.Interval> intervals, ToLongFunction<Hour.Interval> what) {
        return Moments.number(intervals.stream().mapToLong(what).sum());
    }

    private static String slowest(List<Hour.Interval> intervals) {
        return millis(intervals.stream().mapToDouble(Hour.Interval::p95Ms).max().orElse(-1));
    }

    private static List<Row> rows(List<Hour.Interval> intervals) {
        TreeMap<String, List<Hour.Interval>> rows = new TreeMap<>();
        for (Hour.Interval each : intervals) {
            long slot = each.at().getEpochSecond() / ROW.toSeconds();
            rows.computeIfAbsent(slot + " " + each.side(), key -> new ArrayList<>())
                    .add(each);
        }
        return rows.values().stream().map(HourPicture::row).toList();
    }

    private static Row row(List<Hour.Interval> here) {
        double[] halves = here.stream()
                .mapToDouble(Hour.Interval::p50Ms)
                .filter(ms -> ms >= 0)
                .sorted()
                .toArray();
        long slot = here.getFirst().at().getEpochSecond() / ROW.toSeconds();
        return new Row(
                Moments.minute(Instant.ofEpochSecond(slot * ROW.toSeconds())),
                t("side." + here.getFirst().side()),
                here.stream().mapToLong(Hour.Interval::good).sum(),
                here.stream().mapToLong(Hour.Interval::late).sum(),
                here.stream().mapToLong(Hour.Interval::failed).sum(),
                here.stream().mapToLong(Hour.Interval::taken).sum(),
                millis(halves.length == 0 ? -1 : halves[halves.length / 2]),
                slowest(here));
    }

    /** "8,4 ms", "120 ms", "2,5 s"; a dash where nothing was answered. */
    static String millis(double ms) {
        if (ms < 0) {
            return "–";
        }
        if (ms < 10) {
            return String.format(java.util.Locale.GERMANY, "%.1f ms", ms);
        }
        return ms < 1000
                ? Math.round(ms) + " ms"
                : String.format(java.util.Locale.GERMANY, "%.1f s", ms / 1000).replace(",0 s", " s");
    }
}
