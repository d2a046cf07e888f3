package de.doppelboden.city.replay;

import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A picture of what a group got, second by second: stacked bars, with the scenes named and the skipped hours as gaps. */
final class Chart {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 220;
    private static final int TOP = 44;
    private static final int LEFT = 34;
    private static final int GAP = 26;
    private static final double SECOND = 1e9;

    private final List<Scene> scenes;
    private final List<Request> requests;
    private final int tallest;
    private final double perSecond;

    /** @param tallest bar of all charts, so that they can be compared */
    Chart(List<Scene> scenes, List<Request> requests, int tallest) {
        this.scenes = scenes;
        this.requests = requests;
        this.tallest = Math.max(1, tallest);
        int seconds = scenes.stream().mapToInt(Chart::seconds).sum();
        this.perSecond = (double) (WIDTH - LEFT - GAP * (scenes.size() - 1)) / Math.max(1, seconds);
    }

    private static int seconds(Scene scene) {
        return (int) Math.ceil((scene.until() - scene.from()) / SECOND);
    }

    /** The most pages of any second. */
    static int tallest(List<Scene> scenes, List<Request> requests) {
        int tallest = 0;
        for (Scene scene : scenes) {
            for (int second = 0; second < seconds(scene); second++) {
                tallest = Math.max(tallest, (int) ended(requests, scene, second).count());
            }
        }
        return tallest;
    }

    private static Stream<Request> ended(List<Request> requests, Scene scene, int second) {
        long from = scene.from() + (long) (second * SECOND);
        long until = Math.min(scene.until(), from + (long) SECOND);
        return requests.stream().filter(r -> r.ended() >= from && r.ended() < until);
    }

    String svg(String described) {
        var svg = new StringBuilder("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\"><title>"
                + Html.escape(described) + "</title>\n");
        double x = LEFT;
        for (Scene scene : scenes) {
            svg.append(Html.text(x, 14, Html.escape(scene.name())))
                    .append(Html.text(x, 30, Report.clock(scene.cityTime()) + " Uhr"));
            for (int second = 0; second < seconds(scene); second++) {
                bar(svg, x + second * perSecond, scene, second);
            }
            x += seconds(scene) * perSecond;
            if (!scene.skipped().isZero()) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#e6e2d3\"/>%n",
                        x + 3,
                        TOP,
                        GAP - 6,
                        HEIGHT - TOP - 20));
                x += GAP;
            }
        }
        svg.append(Html.text(0, TOP + 8, Integer.toString(tallest))).append(Html.text(0, HEIGHT - 20, "0"));
        svg.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#666\"/>\n"
                .formatted(LEFT, HEIGHT - 20, WIDTH, HEIGHT - 20));
        return svg.append(Html.text(LEFT, HEIGHT - 4, "graue Lücken: übersprungene Stunden"))
                .append("</svg>\n")
                .toString();
    }

    private void bar(StringBuilder svg, double x, Scene scene, int second) {
        double y = HEIGHT - 20;
        for (Got got : Got.values()) {
            long count =
                    ended(requests, scene, second).filter(r -> r.got() == got).count();
            double height = (double) (HEIGHT - TOP - 20) * count / tallest;
            if (count > 0) {
                y -= height;
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                        x + 0.5,
                        y,
                        Math.max(1, perSecond - 1),
                        height,
                        Html.colour(got)));
            }
        }
    }
}
