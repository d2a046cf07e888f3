package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.console.Day.Counts;
import de.doppelboden.console.Day.Marked;
import de.doppelboden.console.Day.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The last day of a service as a picture: above what users got on the primary, below on the standby, in between the
 * decisions. Drawn here, so that it is the same without JavaScript and on paper.
 *
 * @param summary the picture in a sentence, for who cannot see it
 * @param strips below each lane how well that side answered users and probes
 * @param most what the highest bar stands for
 * @param narrowTicks the axis of a narrow screen
 * @param hours the same as a table
 */
public record DayPicture(
        String summary,
        List<Bar> bars,
        List<Bar> strips,
        String most,
        List<Mark> marks,
        List<Tick> ticks,
        List<Tick> narrowTicks,
        List<Hour> hours,
        List<Step> steps) {

    static final int WIDTH = 960;
    static final int NARROW = 320;
    static final int LANE = 100;
    private static final Duration DAY = Duration.ofHours(24);
    private static final int BARS = 144;
    private static final double SLOT = (double) WIDTH / BARS;
    private static final int GAP = 24;
    private static final int STRIP = 6;
    private static final int ILL_ONE_IN = 10;
    private static final int EDGE = 20;
    private static final int MOST_MARKS = 40;

    /** One rectangle; {@code kind} is good, late or bad. */
    public record Bar(String kind, double x, double y, double width, double height) {}

    /** A decision in the picture. */
    public record Mark(double x) {}

    /** An hour at the axis, in the units of the picture. */
    public record Tick(double x, String text) {}

    /** A row of the table. */
    public record Hour(String from, Counts primary, Counts standby) {}

    static DayPicture of(Day whole, Instant now) {
        Instant begin = now.minus(DAY);
        List<Marked> decisions =
                whole.decisions().stream().filter(d -> d.at().isAfter(begin)).toList();
        List<Step> all = Step.of(decisions, now);
        List<Step> steps = all.subList(Math.max(0, all.size() - MOST_MARKS), all.size());
        List<Mark> marks =
                steps.stream().map(step -> new Mark(x(step.at(), begin))).toList();
        List<Traffic> day = bundled(whole.traffic(), begin);
        long most = most(day);
        return new DayPicture(
                summary(day),
                bars(day, begin, most),
                strips(day, begin),
                Moments.number(most),
                marks,
                ticks(begin, now, WIDTH, 3),
                ticks(begin, now, NARROW, 6),
                hours(day),
                steps.reversed());
    }

    /** Joins what is finer than the picture can show. */
    private static List<Traffic> bundled(List<Traffic> day, Instant begin) {
        Duration width = DAY.dividedBy(BARS);
        TreeMap<Long, Traffic> bundles = new TreeMap<>();
        for (Traffic traffic : day) {
            long slot = Duration.between(begin, traffic.at()).dividedBy(width);
            if (!traffic.at().isBefore(begin) && slot < BARS) {
                bundles.merge(slot, traffic.from(begin.plus(width.multipliedBy(slot))), Traffic::plus);
            }
        }
        return List.copyOf(bundles.values());
    }

    private static long most(List<Traffic> day) {
        return Math.max(
                1,
                day.stream()
                        .mapToLong(t -> Math.max(t.primary().all(), t.standby().all()))
                        .max()
                        .orElse(1));
    }

    private static List<Bar> bars(List<Traffic> day, Instant begin, long most) {
        List<Bar> bars = new ArrayList<>();
        for (Traffic traffic : day) {
            double x = x(traffic.at(), begin);
            stack(bars, traffic.primary(), x, LANE, SLOT, most);
            stack(bars, traffic.standby(), x, 2 * LANE + GAP, SLOT, most);
        }
        return bars;
    }

    private static List<Bar> strips(List<Traffic> day, Instant begin) {
        List<Bar> strips = new ArrayList<>();
        for (Traffic traffic : day) {
            double x = x(traffic.at(), begin);
            strip(strips, traffic.primary().plus(traffic.probesOfPrimary()), x, LANE);
            strip(strips, traffic.standby().plus(traffic.probesOfStandby()), x, 2 * LANE + GAP);
        }
        return strips;
    }

    private static void strip(List<Bar> strips, Counts counts, double x, double ground) {
        if (counts.all() > 0) {
            String kind = counts.bad() * ILL_ONE_IN > counts.all()
                    ? "bad"
                    : (counts.bad() + counts.late()) * ILL_ONE_IN > counts.all() ? "late" : "good";
            strips.add(new Bar(kind, round(x), ground + 3, round(SLOT), STRIP));
        }
    }

    /** What is bad stands at the ground, so that its beginning and end show. */
    private static void stack(List<Bar> bars, Counts counts, double x, double ground, double width, long most) {
        double top = ground;
        for (Part part : List.of(
                new Part("bad", counts.bad()), new Part("late", counts.late()), new Part("good", counts.inBudget()))) {
            if (part.count > 0) {
                double height = Math.max(1, (double) LANE * part.count / most);
                top -= height;
                bars.add(new Bar(part.kind, round(x), round(top), round(width * 0.86), round(height)));
            }
        }
    }

    private record Part(String kind, long count) {}

    private static List<Tick> ticks(Instant begin, Instant now, int width, int each) {
        List<Tick> ticks = new ArrayList<>();
        Instant hour = begin.atZone(Moments.ZONE)
                .truncatedTo(ChronoUnit.HOURS)
                .plusHours(1)
                .toInstant();
        for (; hour.isBefore(now); hour = hour.plus(Duration.ofHours(1))) {
            double x = round(x(hour, begin) * width / WIDTH);
            if (hour.atZone(Moments.ZONE).getHour() % each == 0 && x > EDGE && x < width - EDGE) {
                ticks.add(new Tick(x, Moments.minute(hour)));
            }
        }
        return ticks;
    }

    private static List<Hour> hours(List<Traffic> day) {
        TreeMap<Instant, Traffic> hours = new TreeMap<>();
        for (Traffic t : day) {
            Instant hour = t.at().truncatedTo(ChronoUnit.HOURS);
            hours.merge(hour, t.from(hour), Traffic::plus);
        }
        return hours.values().stream()
                .map(t -> new Hour(Moments.minute(t.at()), t.primary(), t.standby()))
                .toList();
    }

    private static String summary(List<Traffic> day) {
        Counts primary = day.stream().map(Traffic::primary).reduce(Counts.NONE, Counts::plus);
        Counts standby = day.stream().map(Traffic::standby).reduce(Counts.NONE, Counts::plus);
        return primary.all() + standby.all() == 0
                ? t("day.nothing")
                : t(
                        "day.summary",
                        Moments.number(primary.all()),
                        Moments.number(primary.late()),
                        Moments.number(primary.bad()),
                        Moments.number(standby.all()),
                        Moments.number(standby.late()),
                        Moments.number(standby.bad()));
    }

    private static double x(Instant at, Instant begin) {
        return (double) WIDTH * Duration.between(begin, at).toMillis() / DAY.toMillis();
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
