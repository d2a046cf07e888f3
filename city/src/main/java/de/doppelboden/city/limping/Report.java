package de.doppelboden.city.limping;

import de.doppelboden.city.limping.Visit.Outcome;
import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.replay.Html;
import de.doppelboden.console.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/** Why one switched and the other could not: for a head of office, and for whoever runs such a pair. */
final class Report {

    private static final String RESOURCE = "/city/limping/report.html";
    private static final Map<String, String> ACTIONS = Map.of(
            "DOUBT", "Zweifel",
            "FAIL_OVER", "umgeschaltet",
            "RECONCILE", "Probe begonnen",
            "RAMP", "Probe erweitert",
            "ABORT", "Rückkehr abgelehnt",
            "RETURN", "Rückkehr",
            "FAIL_BACK", "zurückgeführt");

    private final Collapse collapse;
    private final Plan plan;
    private final Account haproxy;
    private final Account tuned;
    private final Account floor;
    private final Statistics statistics;

    Report(Collapse collapse, Account floor) {
        this.collapse = collapse;
        this.plan = collapse.plan();
        this.haproxy = collapse.haproxy();
        this.tuned = collapse.tuned();
        this.floor = floor;
        this.statistics = new Statistics(haproxy, plan, collapse.until());
    }

    void write(Path file) throws IOException {
        var scale = Picture.Scale.of(collapse);
        var parts = new LinkedHashMap<String, String>();
        parts.put("summary", summary());
        parts.put("lasted", Html.number(plan.well() - plan.limps(), 0));
        parts.put("capacity", Html.number(100 * plan.capacity(), 1));
        parts.put("checks", statistics.checks());
        parts.put("moved", moved());
        parts.put("refused", refused());
        parts.put("figures", figures());
        parts.put(
                "chartHaproxy",
                new Picture(haproxy, scale)
                        .svg(
                                "Die Gruppe mit HAProxy",
                                "Gesundheitsprüfung, nach HAProxys eigener Statistik",
                                List.of()));
        parts.put(
                "chartFloor",
                new Picture(floor, scale)
                        .svg(
                                "Die Gruppe mit Doppelboden",
                                "Gesundheitsseite des Regelbetriebs (entscheidet hier nicht)",
                                marked().stream().map(this::second).toList()));
        parts.put(
                "chartTuned",
                new Picture(tuned, scale)
                        .svg(
                                "Die Gruppe mit scharf eingestelltem HAProxy",
                                "Ob HAProxy den Regelbetrieb für gesund hielt, nach seiner Statistik",
                                List.of()));
        parts.put("statistics", statistics.table());
        parts.put("decisions", decisions());
        parts.put("tuned", tuned());
        parts.put("audit", audit());
        parts.put("seed", Long.toString(plan.seed()));
        parts.put("rate", Html.number(plan.peoplePerSecond(), 0));
        parts.put("budget", Html.whole(Diary.BUDGET.toMillis()));
        parts.put("wall", Html.number(collapse.wallSeconds(), 0));
        Html.write(file, RESOURCE, parts);
    }

    private String summary() {
        return ("%s Sekunden lang schaffte der Regelbetrieb nur noch %s %% seiner Leistung; ein gesunder Notbetrieb stand die ganze Zeit "
                        + "daneben. Hinter <b>HAProxy</b> wurden von %s Menschen %s weggeschickt%s; der Notbetrieb bekam %s. Hinter einem scharf "
                        + "eingestellten HAProxy %s; %s wurden alle in den Zusammenbruch zurückgeschickt. Hinter "
                        + "<b>Doppelboden</b> %s; %s arbeiteten alle im Notbetrieb, und zurück ging es %s.")
                .formatted(
                        Html.number(plan.well() - plan.limps(), 0),
                        Html.number(100 * plan.capacity(), 1),
                        Html.whole(haproxy.visits().size()),
                        Html.whole(haproxy.people(Outcome.SENT_AWAY)),
                        unclear(haproxy),
                        haproxy.standby().isEmpty()
                                ? "keine einzige Anfrage"
                                : Html.whole(haproxy.standby().size()) + " Anfragen",
                        away(tuned),
                        times(tuned.returnsWhileLimping()),
                        away(floor),
                        since(floor.left(), plan.limps())
                                .map(after -> "nach " + after)
                                .orElse("nie"),
                        floor.returnsWhileLimping() == 0 ? "erst, als der Regelbetrieb wieder gesund war" : "zu früh");
    }

    private static String away(Account account) {
        long away = account.people(Outcome.SENT_AWAY);
        return (away == 0 ? "wurde niemand" : "wurden " + Html.whole(away)) + " weggeschickt" + unclear(account);
    }

    private static String unclear(Account account) {
        long unclear = account.people(Outcome.UNCLEAR);
        return unclear == 0 ? "" : ", und " + Html.whole(unclear) + " erfuhren nicht, ob ihr Formular ankam";
    }

    private static String times(long number) {
        return number == 0 ? "nie" : number == 1 ? "einmal" : Html.whole(number) + " Mal";
    }

    private static Optional<String> since(OptionalDouble second, double from) {
        return second.isEmpty() ? Optional.empty() : Optional.of(Html.number(second.getAsDouble() - from, 1) + " s");
    }

    /** What was decided from the collapse on; doubts only until users were moved: then nobody waits for that side any more. */
    private List<Front.Floor.Decided> decided() {
        List<Front.Floor.Decided> all = collapse.decided().stream()
                .filter(each -> second(each) >= plan.limps())
                .toList();
        double moved = all.stream()
                .filter(each -> each.action().equals("FAIL_OVER"))
                .mapToDouble(this::second)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        return all.stream()
                .filter(each -> !each.action().equals("DOUBT") || second(each) <= moved)
                .toList();
    }

    private double second(Front.Floor.Decided decided) {
        return Duration.between(collapse.opened(), decided.at()).toNanos() / 1e9;
    }

    /** What has a number in the picture: users moved, a return refused, everybody back; of two within a second the first. */
    private List<Front.Floor.Decided> marked() {
        var marked = new ArrayList<Front.Floor.Decided>();
        for (Front.Floor.Decided each : decided()) {
            boolean home = each.state().equals("NORMAL") && !each.action().equals("DOUBT");
            boolean matters =
                    home || each.action().equals("FAIL_OVER") || each.action().equals("ABORT");
            if (matters && (marked.isEmpty() || second(each) - second(marked.getLast()) > 1)) {
                marked.add(each);
            }
        }
        return marked;
    }

    private String moved() {
        return first("FAIL_OVER")
                .map(each -> "Es schaltete um, mit diesem Satz: " + quoted(each))
                .orElse("In diesem Lauf schaltete es nicht um.");
    }

    private String refused() {
        long refusals =
                decided().stream().filter(each -> each.action().equals("ABORT")).count();
        String back = since(floor.back(), plan.well())
                .map(after -> "Als er wieder gesund war, kehrten alle in Stufen zurück; " + after
                        + " nach seiner Genesung bediente er wieder jeden. " + wayBack())
                .orElse("In diesem Lauf kehrten die Menschen nicht vollständig zurück.");
        return first("ABORT")
                        .map(each -> "%s wurde die Rückkehr abgelehnt, zum Beispiel so: %s "
                                .formatted(refusals == 1 ? "Einmal" : Html.whole(refusals) + " Mal", quoted(each)))
                        .orElse("")
                + back;
    }

    /** Why the return took as long as it did; of several attempts the last. */
    private String wayBack() {
        OptionalDouble tried = seconds("RECONCILE").reduce((before, after) -> after);
        OptionalDouble passed =
                seconds("RETURN").filter(second -> second >= tried.orElse(0)).findFirst();
        if (floor.back().isEmpty() || tried.isEmpty() || passed.isEmpty() || tried.getAsDouble() < plan.well()) {
            return "";
        }
        return ("Die Zeit dazwischen ist Absicht, denn wer eben noch lahmte, muss sich erst bewähren: %s vergingen, bis er lange genug "
                        + "gesund war (nach jeder abgelehnten Rückkehr länger); %s lang bekam er Abfragen zur Probe mit, von 5 bis 100 %%; "
                        + "und in %s kamen die Menschen in vier Stufen nach. Bis dahin bediente sie der Notbetrieb.")
                .formatted(
                        seconds(tried.getAsDouble() - plan.well()),
                        seconds(passed.getAsDouble() - tried.getAsDouble()),
                        seconds(floor.back().getAsDouble() - passed.getAsDouble()));
    }

    private static String seconds(double span) {
        return Html.number(span, 1) + " s";
    }

    private DoubleStream seconds(String action) {
        return decided().stream().filter(each -> each.action().equals(action)).mapToDouble(this::second);
    }

    private Optional<Front.Floor.Decided> first(String action) {
        return decided().stream().filter(each -> each.action().equals(action)).findFirst();
    }

    private static String quoted(Front.Floor.Decided decided) {
        return "<q>" + said(decided) + "</q>";
    }

    private static String said(Front.Floor.Decided decided) {
        return Html.escape(Sentence.of(decided.reason()).text());
    }

    private String figures() {
        var rows = new ArrayList<String>();
        line(rows, "Menschen, die kamen", account -> account.visits().size());
        line(rows, "bekamen, was sie wollten", account -> account.people(Outcome.SERVED));
        line(rows, "weggeschickt: ihre Geduld war zu Ende", account -> account.people(Outcome.SENT_AWAY));
        line(rows, "im Ungewissen: niemand sagte, ob ihr Formular ankam", account -> account.people(Outcome.UNCLEAR));
        line(rows, "Seiten und Formulare", account -> account.requests().size());
        line(rows, "davon rechtzeitig", account -> account.pages(Got.GOOD));
        line(rows, "davon verspätet", account -> account.pages(Got.LATE));
        line(rows, "davon misslungen", account -> account.pages(Got.FAILED));
        row(rows, "mit Warten verlorene Minuten", account -> Html.number(account.waitedMinutes(), 1));
        row(
                rows,
                "bis umgeschaltet war, ab dem Zusammenbruch",
                account -> since(account.left(), plan.limps()).orElse("nie"));
        row(
                rows,
                "zurückgeschaltet, während der Regelbetrieb noch lahmte",
                account -> Html.whole(account.returnsWhileLimping()));
        row(rows, "bis wieder alles rechtzeitig kam, ab der ersten zähen Anfrage", Report::timeToGood);
        return Html.table(heads(""), rows);
    }

    private static String timeToGood(Account account) {
        Long millis = account.timeToGoodMs();
        return millis == null ? "nie" : Html.number(millis / 1_000.0, 1) + " s";
    }

    private static List<String> heads(String first) {
        return List.of(first, "HAProxy", "HAProxy, scharf eingestellt", "Doppelboden");
    }

    private void line(List<String> rows, String name, ToLongFunction<Account> figure) {
        row(rows, name, account -> Html.whole(figure.applyAsLong(account)));
    }

    private void row(List<String> rows, String name, Function<Account, String> figure) {
        rows.add("<tr><td>" + name + "</td>" + Html.cell(figure.apply(haproxy)) + Html.cell(figure.apply(tuned))
                + Html.cell(figure.apply(floor)) + "</tr>");
    }

    private String decisions() {
        List<Front.Floor.Decided> marked = marked();
        var rows = new ArrayList<String>();
        for (Front.Floor.Decided each : decided()) {
            int mark = marked.indexOf(each);
            rows.add(Html.row(
                    mark < 0 ? "" : "<span class=\"nummer\">" + (mark + 1) + "</span>",
                    Html.number(second(each), 1),
                    ACTIONS.getOrDefault(each.action(), Html.escape(each.action())),
                    said(each)));
        }
        return Html.table(List.of("Nr.", "Sekunde", "Entscheidung", "Der Satz dazu"), rows);
    }

    private String tuned() {
        long returns = tuned.returnsWhileLimping();
        return ("%s sandte es die Menschen zum Notbetrieb. Weil aber seine Prüfung sofort wieder gelang, hielt es den Regelbetrieb für genesen und "
                        + "schickte alle %s in den Zusammenbruch zurück. %s Menschen erfuhren nicht, ob ihr Formular ankam; bei %s von ihnen "
                        + "war es angekommen, obwohl ihnen ein Fehler gezeigt wurde.")
                .formatted(
                        since(tuned.left(), plan.limps())
                                .map(after -> "Nach " + after)
                                .orElse("Nie"),
                        times(returns),
                        Html.whole(tuned.people(Outcome.UNCLEAR)),
                        Html.whole(tuned.unclearDone()));
    }

    private String audit() {
        var rows = new ArrayList<String>();
        line(rows, "zugesagt: jemandem wurde gesagt, das Formular sei angenommen", Account::acknowledged);
        line(rows, "davon verloren: auf keiner Seite ausgeführt", Account::lost);
        line(rows, "doppelt ausgeführt", Account::doubled);
        line(rows, "als misslungen gemeldet und doch ausgeführt", Account::contradicted);
        line(rows, "niemand erfuhr das Ergebnis", account -> account.people(Outcome.UNCLEAR));
        line(rows, "davon doch ausgeführt", Account::unclearDone);
        row(
                rows,
                "Gesundheitsseite des Regelbetriebs während des Zusammenbruchs grün",
                account -> account.healthGreen(plan.well()) ? "immer" : "nicht immer");
        row(rows, "ihre längste Antwortzeit", account -> Html.number(account.slowestHealthMillis(), 0) + " ms");
        return Html.table(heads(""), rows);
    }
}
