package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.console.HourPicture.Box;
import de.doppelboden.console.HourPicture.Drawing;
import de.doppelboden.console.HourPicture.Label;
import de.doppelboden.console.HourPicture.Lane;
import de.doppelboden.console.HourPicture.Line;
import de.doppelboden.console.HourPicture.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Turns figures of the last hour into lines of one width. How long answers took is drawn by its order of magnitude. */
final class HourDrawing {

    private static final int LEFT = 58;
    private static final int RIGHT = 8;
    private static final int NUMBERS = 20;
    private static final int NAME = 32;
    private static final int PLOT = 110;
    private static final int BAND = 14;
    private static final int GAP = 6;
    private static final int AXIS = 24;

    /** Numbers that would stand closer than this share one label. */
    private static final int APART = 18;

    private static final List<Integer> TICK_MINUTES = List.of(1, 2, 5, 10, 20, 30);

    private final Figures figures;
    private final int width;
    private final long tickSeconds;
    private final int low;
    private final int high;

    /** @param budgetMs less than 0: none */
    record Figures(List<Hour.Interval> intervals, Duration interval, double budgetMs, Instant begin, Duration shown) {}

    HourDrawing(Figures figures, int width, int mostTicks) {
        this.figures = figures;
        this.width = width;
        long least = Math.ceilDiv(figures.shown().toSeconds(), mostTicks);
        this.tickSeconds = TICK_MINUTES.stream()
                .map(minutes -> minutes * 60L)
                .filter(seconds -> seconds >= least)
                .findFirst()
                .orElse(3600L);
        double quickest = figures.intervals().stream()
                .mapToDouble(Hour.Interval::p50Ms)
                .filter(ms -> ms > 0)
                .min()
                .orElse(10);
        double most = figures.intervals().stream()
                .mapToDouble(Hour.Interval::p95Ms)
                .max()
                .orElse(100);
        this.low = (int) Math.floor(Math.log10(Math.max(0.2, quickest)));
        this.high = Math.max(low + 1, (int) Math.ceil(Math.log10(Math.max(most, figures.budgetMs()))));
    }

    Drawing drawn(List<Step> marks, List<Instant> pendings) {
        int height = NAME + PLOT + GAP + BAND;
        int second = NUMBERS + height + 2 * GAP;
        int bottom = second + height;
        return new Drawing(
                width,
                bottom + AXIS,
                List.of(lane("PRIMARY", NUMBERS), lane("STANDBY", second)),
                marks.stream()
                        .map(each -> new Line(x(each.at()), pendings.contains(each.at())))
                        .toList(),
                labels(marks),
                ticks(bottom),
                bottom);
    }

    private Lane lane(String side, int top) {
        int ground = top + NAME + PLOT;
        List<Hour.Interval> here = figures.intervals().stream()
                .filter(each -> each.side().equals(side))
                .toList();
        List<String> spread = new ArrayList<>();
        List<Path> half = new ArrayList<>();
        for (List<Hour.Interval> run : runs(here)) {
            var upper = new StringBuilder();
            var lower = new StringBuilder();
            var line = new StringBuilder();
            for (Hour.Interval each : run) {
                double x = x(each.at());
                double next = Math.min(width - RIGHT, x(each.at().plus(figures.interval())));
                upper.append("%s,%s %s,%s ".formatted(x, y(each.p95Ms(), ground), next, y(each.p95Ms(), ground)));
                line.append("%s,%s %s,%s ".formatted(x, y(each.p50Ms(), ground), next, y(each.p50Ms(), ground)));
                lower.insert(0, "%s,%s %s,%s ".formatted(next, y(each.p50Ms(), ground), x, y(each.p50Ms(), ground)));
            }
            spread.add(upper.append(lower).toString().strip());
            half.add(new Path(line.toString().strip(), run.getFirst().ours()));
        }
        double budget = figures.budgetMs() > 0 ? y(figures.budgetMs(), ground) : -1;
        return new Lane(t("side." + side), top, ground, spread, half, boxes(here, ground + GAP), scale(ground), budget);
    }

    /** Neighbours that belong to one line: without a gap, and all of users or all of ours. */
    private List<List<Hour.Interval>> runs(List<Hour.Interval> here) {
        List<List<Hour.Interval>> runs = new ArrayList<>();
        Hour.Interval before = null;
        for (Hour.Interval each : here) {
            if (each.p50Ms() < 0) {
                before = null;
                continue;
            }
            boolean goesOn = before != null
                    && before.ours() == each.ours()
                    && Duration.between(before.at(), each.at())
                                    .compareTo(figures.interval().multipliedBy(2))
                            < 0;
            if (!goesOn) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(each);
            before = each;
        }
        return runs;
    }

    /** How requests ended, as shares of an interval: what is bad stands at the ground. */
    private List<Box> boxes(List<Hour.Interval> here, int top) {
        List<Box> boxes = new ArrayList<>();
        for (Hour.Interval each : here) {
            double x = x(each.at());
            double wide = round(Math.max(1, x(each.at().plus(figures.interval())) - x));
            double bad = share(each.failed(), each.all());
            double late = share(each.late(), each.all());
            boxes.add(new Box("good", x, top, wide, BAND));
            if (late > 0) {
                boxes.add(new Box("late", x, round(top + BAND - Math.min(BAND, bad + late)), wide, round(late)));
            }
            if (bad > 0) {
                boxes.add(new Box("bad", x, round(top + BAND - bad), wide, round(bad)));
            }
        }
        return boxes;
    }

    /** What there is is seen, however few it is. */
    private static double share(long some, long all) {
        return some == 0 ? 0 : Math.max(2, (double) BAND * some / all);
    }

    private List<Label> scale(int ground) {
        List<Label> scale = new ArrayList<>();
        for (int power = low; power <= high; power++) {
            scale.add(new Label(LEFT - 6, y(Math.pow(10, power), ground), HourPicture.millis(Math.pow(10, power))));
        }
        return scale;
    }

    private List<Label> labels(List<Step> marks) {
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            int first = i;
            double x = x(marks.get(i).at());
            while (i + 1 < marks.size() && x(marks.get(i + 1).at()) - x < APART) {
                i++;
            }
            String text = String.valueOf(marks.get(first).number());
            labels.add(new Label(
                    Math.min(x, width - RIGHT - 14),
                    NUMBERS - 6,
                    first == i ? text : text + "–" + marks.get(i).number()));
        }
        return labels;
    }

    private List<Label> ticks(int bottom) {
        List<Label> ticks = new ArrayList<>();
        long step = tickSeconds;
        Instant end = figures.begin().plus(figures.shown());
        Instant at = Instant.ofEpochSecond(
                (figures.begin().truncatedTo(ChronoUnit.SECONDS).getEpochSecond() / step + 1) * step);
        for (; at.isBefore(end); at = at.plusSeconds(step)) {
            double x = x(at);
            if (x > LEFT + 16 && x < width - RIGHT - 16) {
                ticks.add(new Label(x, bottom + 18, Moments.minute(at)));
            }
        }
        return ticks;
    }

    private double x(Instant at) {
        double share = (double) Duration.between(figures.begin(), at).toMillis()
                / figures.shown().toMillis();
        return round(LEFT + (width - LEFT - RIGHT) * Math.clamp(share, 0, 1));
    }

    private double y(double ms, int ground) {
        double share = (Math.log10(Math.max(ms, 1e-3)) - low) / (high - low);
        return round(ground - PLOT * Math.clamp(share, 0, 1));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
