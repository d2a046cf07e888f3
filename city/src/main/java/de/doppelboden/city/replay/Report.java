package de.doppelboden.city.replay;

import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.population.Clerk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The report of a replay for a head of office: one HTML file without scripts, pictures as SVG. */
final class Report {

    private static final String RESOURCE = "/city/report.html";
    private static final Pattern CASE = Pattern.compile("Fall (\\d{5})");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final Map<String, String> OPERATIONS = Map.of(
            "register.move", "Umzug",
            "register.block", "Auskunftssperre",
            "register.immigrate", "Zuzug aus dem Ausland",
            "register.civil", "Personenstandsfall");

    private final CountersDay.Result played;
    private final CountersDay.Side alone;
    private final CountersDay.Side floor;

    private Report(CountersDay.Result played, CountersDay.Side floor) {
        this.played = played;
        this.alone = played.alone();
        this.floor = floor;
    }

    /** Writes it; both groups must have played. */
    static void write(Path file, CountersDay.Result played) throws IOException {
        var report = new Report(played, Objects.requireNonNull(played.floor(), "the report compares both groups"));
        Html.write(file, RESOURCE, report.parts());
    }

    private Map<String, String> parts() {
        List<Request> withFloor = floor.auditor().requests();
        List<Request> without = alone.auditor().requests();
        int tallest = Math.max(Chart.tallest(played.scenes(), withFloor), Chart.tallest(played.scenes(), without));
        var parts = new LinkedHashMap<String, String>();
        parts.put("summary", summary());
        parts.put("scenes", scenes());
        parts.put("figures", figures());
        parts.put("chartAlone", new Chart(played.scenes(), without, tallest).svg("Antworten ohne zweiten Boden"));
        parts.put("chartFloor", new Chart(played.scenes(), withFloor, tallest).svg("Antworten mit zweitem Boden"));
        parts.put("minutes", minutes(without, withFloor));
        parts.put("worklist", worklist());
        parts.put("audit", audit());
        parts.put("seed", Long.toString(played.seed()));
        parts.put("budget", Html.whole(Diary.BUDGET.toMillis()));
        parts.put("wall", Html.number(played.wallSeconds(), 0));
        return parts;
    }

    private String summary() {
        Figures a = alone.figures();
        Figures f = floor.figures();
        return ("In den gespielten Ausschnitten wurden ohne zweiten Boden %d Menschen bedient und %d nach Hause geschickt; mit ihm %d bedient, "
                        + "davon %d mit vorläufigem Beleg, und %s nach Hause geschickt. %s")
                .formatted(
                        a.served(),
                        a.sentAway(),
                        f.served(),
                        f.provisional(),
                        f.sentAway() == 0 ? "niemand" : Html.whole(f.sentAway()),
                        f.lost() == 0 && f.doubled() == 0
                                ? "Nichts von dem, was an den Schaltern zugesagt wurde, ging verloren, und nichts wurde doppelt eingetragen."
                                : "Verloren gingen " + f.lost() + " Eintragungen, doppelt sind " + f.doubled() + ".");
    }

    private String scenes() {
        var rows = new ArrayList<String>();
        for (Scene scene : played.scenes()) {
            rows.add(Html.row(
                    clock(scene.cityTime()),
                    Html.escape(scene.name()),
                    Html.number((scene.until() - scene.from()) / 1e9, 0) + " s",
                    scene.skipped().isZero() ? "" : scene.skipped().toMinutes() + " Minuten übersprungen"));
        }
        return Html.table(List.of("Uhrzeit", "Ausschnitt", "gespielt", "danach"), rows);
    }

    private String figures() {
        var rows = new ArrayList<String>();
        line(rows, "Menschen, die kamen", f -> Html.whole(f.cases()));
        line(rows, "bedient", f -> Html.whole(f.served()));
        line(rows, "davon mit vorläufigem Beleg", f -> Html.whole(f.provisional()));
        line(rows, "auf Papier aufgenommen, weil es im Notbetrieb nicht erlaubt ist", f -> Html.whole(f.onPaper()));
        line(rows, "nach Hause geschickt", f -> Html.whole(f.sentAway()));
        line(rows, "Seiten und Formulare", f -> Html.whole(f.requests()));
        line(rows, "davon misslungen", f -> Html.whole(f.failed()));
        line(rows, "davon verspätet", f -> Html.whole(f.late()));
        line(rows, "verlorene Minuten an den Schaltern, in den Ausschnitten", f -> Html.number(f.lostUserMinutes(), 1));
        rows.add("<tr class=\"hoch\"><td>verlorene Minuten in den übersprungenen Stunden (hochgerechnet)</td>"
                + Html.cell(Html.number(alone.figures().extrapolatedUserMinutes(), 0))
                + Html.cell(Html.number(floor.figures().extrapolatedUserMinutes(), 0)) + "</tr>");
        line(rows, "bis wieder alles rechtzeitig kam, ab der ersten zähen Anfrage", Report::timeToGood);
        return Html.table(List.of("", "ohne", "mit zweitem Boden"), rows);
    }

    private static String timeToGood(Figures figures) {
        Long millis = figures.timeToGoodMs();
        return millis == null ? "nie" : Html.number(millis / 1000.0, 1) + " s";
    }

    private void line(List<String> rows, String name, Function<Figures, String> figure) {
        rows.add("<tr><td>" + name + "</td>" + Html.cell(figure.apply(alone.figures()))
                + Html.cell(figure.apply(floor.figures())) + "</tr>");
    }

    /** Each minute of the city in which something was played, and the skipped ones between in one row. */
    private String minutes(List<Request> without, List<Request> withFloor) {
        var rows = new ArrayList<String>();
        for (Scene scene : played.scenes()) {
            long at = scene.from();
            while (at < scene.until()) {
                LocalTime time = scene.cityTime().plusNanos(at - scene.from());
                long left = 60_000_000_000L - (time.toNanoOfDay() % 60_000_000_000L);
                long until = Math.min(scene.until(), at + left);
                if (!ended(without, at, until).isEmpty()
                        || !ended(withFloor, at, until).isEmpty()) {
                    rows.add(Html.row(MINUTE.format(time), counted(without, at, until), counted(withFloor, at, until)));
                }
                at = until;
            }
            if (!scene.skipped().isZero()) {
                LocalTime end = scene.cityTime().plusNanos(scene.until() - scene.from());
                rows.add("<tr class=\"hoch\"><td>%s bis %s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                MINUTE.format(end),
                                MINUTE.format(end.plus(scene.skipped())),
                                extrapolated(scene, "alone"),
                                extrapolated(scene, "floor")));
            }
        }
        return Html.table(List.of("Minute", "ohne", "mit zweitem Boden"), rows);
    }

    private static String counted(List<Request> requests, long from, long until) {
        List<Request> ended = ended(requests, from, until);
        long standby = ended.stream().filter(r -> r.side().equals("standby")).count();
        return "%d richtig, %d spät, %d misslungen%s"
                .formatted(
                        of(ended, Got.GOOD),
                        of(ended, Got.LATE),
                        of(ended, Got.FAILED),
                        standby == 0 ? "" : "; " + standby + " aus dem Notbetrieb");
    }

    private static List<Request> ended(List<Request> requests, long from, long until) {
        return requests.stream()
                .filter(r -> r.ended() >= from && r.ended() < until)
                .toList();
    }

    private static long of(List<Request> requests, Got got) {
        return requests.stream().filter(r -> r.got() == got).count();
    }

    private static String extrapolated(Scene scene, String group) {
        double share = scene.wentWrong().of(group);
        return "hochgerechnet: %s %% der Anfragen misslungen, %s verlorene Minuten"
                .formatted(Html.number(100 * share, 0), Html.number(share * Clerk.DESKS * scene.skippedMinutes(), 0));
    }

    private String worklist() {
        if (floor.worklist().isEmpty()) {
            return "<p>Nichts. Alles, was im Notbetrieb angenommen wurde, steht im Register.</p>";
        }
        var alike = new LinkedHashMap<String, List<String>>();
        for (Auditor.Deferred entry : floor.worklist()) {
            Matcher mark = CASE.matcher(entry.content());
            String kind = OPERATIONS.getOrDefault(entry.operation(), Html.escape(entry.operation())) + "</td><td>"
                    + (entry.conflict()
                            ? "Der Datensatz hat sich im Register inzwischen geändert; beide Fassungen liegen vor."
                            : "Wird nach der Rückkehr von einem Menschen bestätigt.");
            alike.computeIfAbsent(kind, any -> new ArrayList<>()).add(mark.find() ? mark.group(1) : "ohne Nummer");
        }
        var rows = new ArrayList<String>();
        alike.forEach((kind, cases) -> rows.add(Html.row(Html.whole(cases.size()), kind, String.join(", ", cases))));
        return "<p>Diese Eintragungen warten auf der Arbeitsliste. Sie sind nicht verloren; sie werden nur nicht ohne einen Menschen "
                + "ins Register übernommen.</p><div class=\"tafel\">"
                + Html.table(List.of("Zahl", "Vorgang", "Warum", "Fälle"), rows) + "</div>";
    }

    private String audit() {
        var rows = new ArrayList<String>();
        line(
                rows,
                "zugesagt: jemandem wurde gesagt, es sei eingetragen oder angenommen",
                f -> Html.whole(f.acknowledged()));
        line(rows, "davon verloren", f -> Html.whole(f.lost()));
        line(rows, "doppelt eingetragen", f -> Html.whole(f.doubled()));
        line(rows, "Konflikte", f -> Html.whole(f.conflicts()));
        line(rows, "überflüssige Wechsel zwischen Regel- und Notbetrieb", f -> Html.whole(f.excessSwitches()));
        line(rows, "gesperrte Personen vor Unbefugten gezeigt", f -> Html.whole(f.blockedShown()));
        line(
                rows,
                "beide Seiten danach gleich",
                f -> f.sidesEqualAfterReturn() == null
                        ? "entfällt"
                        : Boolean.TRUE.equals(f.sidesEqualAfterReturn()) ? "ja" : "nein");
        return Html.table(List.of("", "ohne", "mit zweitem Boden"), rows);
    }

    static String clock(LocalTime time) {
        return CLOCK.format(time);
    }
}
