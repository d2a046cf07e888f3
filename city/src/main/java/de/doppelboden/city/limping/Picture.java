package de.doppelboden.city.limping;

import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.replay.Html;
import de.doppelboden.city.webapp.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/** One group over time, as SVG: what people got, where they were sent, what the health check said, and how both sides fared. */
final class Picture {

    static final String PRIMARY = "#2b5c8a";
    static final String STANDBY = "#8a4b8a";
    static final String TRIED = "#c9a3c9";

    private static final int WIDTH = 620;
    private static final int LEFT = 52;
    private static final int PLOT = WIDTH - LEFT - 10;
    private static final int BARS = 60;
    private static final int BARS_HEIGHT = 120;
    private static final int SERVES = 222;
    private static final int CHECK = 278;
    private static final int STRIP_HEIGHT = 18;
    private static final int BUSY = 340;
    private static final int BUSY_HEIGHT = 90;
    private static final int LATENCY = 472;
    private static final int LATENCY_HEIGHT = 110;
    private static final int AXIS = LATENCY + LATENCY_HEIGHT;
    private static final int HEIGHT = AXIS + 40;

    /** Of the scale of answer times: from 10 ms to 100 s. */
    private static final double LEAST_MILLIS = 10;

    private static final int DECADES = 4;

    /**
     * What all pictures have in common, so that they can be compared.
     *
     * @param pages the most of any second
     * @param busy the most requests at a side at any moment
     */
    record Scale(double until, int pages, int busy) {

        static Scale of(Collapse collapse) {
            int seconds = (int) Math.ceil(collapse.until());
            int pages = 1;
            int busy = 1;
            for (Account account : collapse.accounts()) {
                for (Map<Got, Integer> second : bySecond(account, seconds)) {
                    pages = Math.max(
                            pages,
                            second.values().stream().mapToInt(Integer::intValue).sum());
                }
                busy = Math.max(
                        busy,
                        account.samples().stream()
                                .mapToInt(Sample::primaryBusy)
                                .max()
                                .orElse(1));
            }
            return new Scale(seconds, pages, busy);
        }
    }

    private final Account account;
    private final Scale scale;
    private final StringBuilder svg = new StringBuilder();

    Picture(Account account, Scale scale) {
        this.account = account;
        this.scale = scale;
    }

    /** @param marks seconds that are numbered in the picture, from 1 on */
    String svg(String described, String check, List<Double> marks) {
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>\n"
                .formatted(WIDTH, HEIGHT, Html.escape(described)));
        collapse();
        bars();
        strip(SERVES, "Wohin die Menschen geschickt wurden", Picture::served);
        strip(CHECK, check, sample -> green(sample) ? "#3c7a4b" : "#b3321f");
        busy();
        latency();
        axis();
        marks(marks);
        return svg.append("</svg>\n").toString();
    }

    private double x(double second) {
        return LEFT + PLOT * Math.clamp(second / scale.until(), 0, 1);
    }

    private void rect(double x, double y, double width, double height, String fill) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                height,
                fill));
    }

    private void title(double y, String text) {
        svg.append(Html.text(LEFT, y, Html.escape(text)));
    }

    /** On the left of the plot. */
    private void label(double y, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 5, y + 4, text));
    }

    private void line(double y, String style) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" %s/>%n",
                LEFT,
                y,
                LEFT + PLOT,
                y,
                style));
    }

    private void collapse() {
        double from = x(account.plan().limps());
        rect(from, 22, x(account.plan().well()) - from, AXIS - 22, "#f4ecdc");
        svg.append(Html.text(
                from + 4,
                16,
                "Leistung des Regelbetriebs: "
                        + Html.number(100 * account.plan().capacity(), 1) + " %"));
    }

    private static List<Map<Got, Integer>> bySecond(Account account, int seconds) {
        List<Map<Got, Integer>> counted = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            counted.add(new EnumMap<>(Got.class));
        }
        for (Request request : account.requests()) {
            int second = (int) account.second(request.ended());
            if (second >= 0 && second < seconds) {
                counted.get(second).merge(request.got(), 1, Integer::sum);
            }
        }
        return counted;
    }

    private void bars() {
        title(BARS - 16, "Seiten, die bei den Menschen ankamen oder ausblieben, je Sekunde");
        label(BARS, Integer.toString(scale.pages()));
        label(BARS + BARS_HEIGHT, "0");
        List<Map<Got, Integer>> seconds = bySecond(account, (int) scale.until());
        double width = PLOT / scale.until();
        for (int second = 0; second < seconds.size(); second++) {
            double y = BARS + BARS_HEIGHT;
            for (Got got : Got.values()) {
                double height = (double) BARS_HEIGHT * seconds.get(second).getOrDefault(got, 0) / scale.pages();
                if (height > 0) {
                    y -= height;
                    rect(x(second) + 0.5, y, width - 1, height, Html.colour(got));
                }
            }
        }
        line(BARS + BARS_HEIGHT, "stroke=\"#666\"");
    }

    private interface Colour {
        String of(Sample sample);
    }

    private void strip(double top, String title, Colour colour) {
        title(top - 6, title);
        List<Sample> samples = account.samples();
        for (int i = 0; i < samples.size(); ) {
            int next = i + 1;
            String fill = colour.of(samples.get(i));
            while (next < samples.size() && colour.of(samples.get(next)).equals(fill)) {
                next++;
            }
            double until = next < samples.size() ? samples.get(next).second() : scale.until();
            double from = i == 0 ? 0 : samples.get(i).second();
            rect(x(from), top, x(until) - x(from), STRIP_HEIGHT, fill);
            i = next;
        }
    }

    private static String served(Sample sample) {
        boolean tried = sample.view() instanceof View.Floor floor
                && !floor.state().equals("NORMAL")
                && !floor.state().equals("ON_STANDBY");
        return tried ? TRIED : sample.view().primaryServes() ? PRIMARY : STANDBY;
    }

    /** HAProxy's own check, else the health URL itself. */
    private static boolean green(Sample sample) {
        return sample.view() instanceof View.Haproxy haproxy ? haproxy.green() : sample.healthGreen();
    }

    private void busy() {
        title(BUSY - 8, "Anfragen, die auf jeder Seite bearbeitet werden oder warten");
        label(BUSY, Html.whole(scale.busy()));
        label(BUSY + BUSY_HEIGHT, "0");
        busy(Sample::standbyBusy, STANDBY);
        busy(Sample::primaryBusy, PRIMARY);
        line(BUSY + BUSY_HEIGHT, "stroke=\"#666\"");
    }

    private void busy(ToIntFunction<Sample> count, String colour) {
        var points = new StringBuilder();
        for (Sample sample : account.samples()) {
            double y = BUSY + BUSY_HEIGHT - (double) BUSY_HEIGHT * count.applyAsInt(sample) / scale.busy();
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(sample.second()), y));
        }
        svg.append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>\n"
                .formatted(points, colour));
    }

    private void latency() {
        title(LATENCY - 8, "Mittlere Antwortzeit jeder Seite (Median einer Sekunde)");
        String[] marks = {"10 ms", "0,1 s", "1 s", "10 s", "100 s"};
        for (int decade = 0; decade <= DECADES; decade++) {
            double y = y(LEAST_MILLIS * Math.pow(10, decade));
            label(y, marks[decade]);
            line(y, "stroke=\"#ccc\"");
        }
        line(y(Diary.BUDGET.toMillis()), "stroke=\"#b3321f\" stroke-dasharray=\"4 3\"");
        latency(account.standby(), STANDBY);
        latency(account.primary(), PRIMARY);
        line(AXIS, "stroke=\"#666\"");
    }

    private static double y(double millis) {
        double decades = Math.log10(Math.max(LEAST_MILLIS, millis) / LEAST_MILLIS);
        return AXIS - LATENCY_HEIGHT * Math.min(1, decades / DECADES);
    }

    /** A second without an answer has no point. */
    private void latency(List<Side.Handled> handled, String colour) {
        for (int second = 0; second < scale.until(); second++) {
            int from = second;
            double[] millis = handled.stream()
                    .filter(each -> each.second() >= from && each.second() < from + 1)
                    .mapToDouble(Side.Handled::millis)
                    .sorted()
                    .toArray();
            if (millis.length > 0) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\" fill=\"%s\"/>%n",
                        x(second + 0.5),
                        y(millis[millis.length / 2]),
                        colour));
            }
        }
    }

    private void axis() {
        int step = 10;
        for (int second = 0; second <= scale.until(); second += step) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                    x(second),
                    AXIS + 18,
                    second));
        }
        svg.append(Html.text(LEFT + PLOT / 2.0 - 30, AXIS + 34, "Sekunden"));
    }

    private void marks(List<Double> marks) {
        for (int i = 0; i < marks.size(); i++) {
            double x = x(marks.get(i));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#1b1b1b\" stroke-dasharray=\"2 2\"/>"
                            + "<circle cx=\"%.1f\" cy=\"%d\" r=\"9\" fill=\"#1b1b1b\"/>"
                            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" style=\"fill:#fff\">%d</text>%n",
                    x,
                    SERVES + STRIP_HEIGHT,
                    x,
                    AXIS,
                    x,
                    SERVES + STRIP_HEIGHT / 2,
                    x,
                    SERVES + STRIP_HEIGHT / 2 + 4,
                    i + 1));
        }
    }
}
