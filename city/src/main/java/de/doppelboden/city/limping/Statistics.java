package de.doppelboden.city.limping;

import de.doppelboden.city.peer.HaproxyStats;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.replay.Html;
import java.util.ArrayList;
import java.util.List;

/** What HAProxy said of its servers while people waited, from its own statistics. */
final class Statistics {

    private final Account haproxy;
    private final Plan plan;
    private final double until;

    Statistics(Account haproxy, Plan plan, double until) {
        this.haproxy = haproxy;
        this.plan = plan;
        this.until = until;
    }

    /** What HAProxy's statistics said while the primary was collapsed. */
    String checks() {
        List<View.Haproxy> seen = haproxy.samples().stream()
                .filter(sample -> plan.limping(sample.second()))
                .map(Sample::view)
                .filter(View.Haproxy.class::isInstance)
                .map(View.Haproxy.class::cast)
                .toList();
        long green = seen.stream().filter(View.Haproxy::green).count();
        long slowest = seen.stream()
                .mapToLong(view -> view.primary().checkMillis())
                .max()
                .orElse(0);
        return ("%d von %d Mal, die wir während des Zusammenbruchs nachsahen, stand sie auf Grün (<code>UP</code>, <code>L7OK</code>, Status 200, "
                        + "höchstens %d ms)%s.")
                .formatted(
                        green,
                        seen.size(),
                        slowest,
                        green < seen.size() ? "" : "; nach allem, was HAProxy wissen konnte, war der Server gesund");
    }

    /** What HAProxy said of its servers at some moments, and what people got in that second. */
    String table() {
        var rows = new ArrayList<String>();
        double lasted = plan.well() - plan.limps();
        for (double second : new double[] {
            plan.limps() - 1,
            plan.limps() + 1,
            plan.limps() + lasted / 4,
            plan.limps() + lasted / 2,
            plan.well() - 1,
            until - 1
        }) {
            haproxy.samples().stream()
                    .filter(sample -> sample.second() >= second)
                    .findFirst()
                    .ifPresent(sample -> rows.add(row(sample)));
        }
        return Html.table(
                List.of(
                        "Sekunde",
                        "Server <code>primary</code>",
                        "letzte Prüfung",
                        "misslungene Prüfungen bisher",
                        "Verbindungen jetzt",
                        "an den Notbetrieb bisher",
                        "was die Menschen in dieser Sekunde bekamen"),
                rows);
    }

    private String row(Sample sample) {
        if (!(sample.view() instanceof View.Haproxy view)) {
            return "";
        }
        var server = view.primary();
        return "<tr" + (plan.limping(sample.second()) ? " class=\"lahm\"" : "") + "><td>"
                + String.join(
                        "</td><td>",
                        Html.number(sample.second(), 1),
                        Html.escape(server.status()),
                        checked(server),
                        Html.whole(server.checksFailed()),
                        Html.whole(server.sessions()),
                        Html.whole(view.standby().total()),
                        counted(sample.second()))
                + "</td></tr>";
    }

    private static String checked(HaproxyStats.Server server) {
        String result = Html.escape(server.check());
        return server.checkCode() == 0
                ? result + ", die nächste läuft"
                : "%s, %d, %d&nbsp;ms".formatted(result, server.checkCode(), server.checkMillis());
    }

    private String counted(double second) {
        List<Request> ended = haproxy.requests().stream()
                .filter(request -> Math.abs(haproxy.second(request.ended()) - second) <= 0.5)
                .toList();
        return "%d rechtzeitig, %d spät, %d nicht"
                .formatted(of(ended, Got.GOOD), of(ended, Got.LATE), of(ended, Got.FAILED));
    }

    private static long of(List<Request> requests, Got got) {
        return requests.stream().filter(request -> request.got() == got).count();
    }
}
