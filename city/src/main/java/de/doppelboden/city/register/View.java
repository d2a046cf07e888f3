package de.doppelboden.city.register;

import de.doppelboden.city.population.Resident;
import de.doppelboden.city.population.Resident.Address;
import de.doppelboden.city.register.Clerks.Known;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what the register holds into its HTML pages. */
final class View {

    private static final String TOWN = "Lindhafen";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.GERMAN);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss", Locale.GERMAN);

    private View() {}

    /** A whole page; its kind stands in the meta element {@code register-page}. */
    static String page(String kind, String title, @Nullable Known clerk, String content) {
        String menu =
                clerk == null ? "" : Template.fill("menu.html", Map.of("name", clerk.name(), "office", clerk.office()));
        return Template.fill(
                "frame.html", Map.of("page", kind, "title", title, "town", TOWN, "menu", menu, "content", content));
    }

    static String plain(String kind, String title, @Nullable Known clerk, String sentence) {
        return page(kind, title, clerk, "<p>" + Template.escape(sentence) + "</p>");
    }

    static String good(String sentence) {
        return "<p class=\"gut\">" + Template.escape(sentence) + "</p>";
    }

    static String wrong(List<String> sentences) {
        var list = new StringBuilder("<ul class=\"fehler\">");
        sentences.forEach(sentence ->
                list.append("<li>").append(Template.escape(sentence)).append("</li>"));
        return list.append("</ul>").toString();
    }

    static String hits(List<Held> found) {
        if (found.isEmpty()) {
            return "<p>Keine Person gefunden.</p>";
        }
        var rows = new StringBuilder();
        for (Held held : found) {
            rows.append(Template.fillText(
                    "<tr><td><a href=\"/person/{{om}}\">{{familienname}}, {{vornamen}}</a></td><td>{{geburtsdatum}}</td>"
                            + "<td>{{anschrift}}</td><td>{{sperre}}</td></tr>\n",
                    values(held)));
        }
        String more = found.size() >= Question.MOST_HITS ? "<p>Mehr als 100 Treffer; bitte genauer suchen.</p>" : "";
        return "<table><tr><th>Name</th><th>Geboren</th><th>Anschrift</th><th>Sperre</th></tr>\n" + rows + "</table>"
                + more;
    }

    /** Everything that a page may want to say about a resident. */
    static Map<String, String> values(Held held) {
        Resident r = held.resident();
        var values = new HashMap<String, String>();
        values.put("om", Long.toString(r.om()));
        values.put("familienname", r.familyName());
        values.put("geburtsname", r.birthName());
        values.put("fruehere", r.formerNames());
        values.put("vornamen", r.forenames());
        values.put("rufname", r.callName());
        values.put("doktorgrad", r.doctorate());
        values.put("geburtsdatum", german(r.birthDate()));
        values.put("geburtsort", r.birthPlace());
        values.put("geschlecht", r.gender());
        values.put("staat", r.nationality());
        values.put("anschrift", address(r.address()));
        values.put("einzug", day(r.movedIn()));
        values.put("verstorben", r.died() == null ? "" : day(r.died()));
        values.put("sperre", r.blockedSince() == null ? "" : "seit " + day(r.blockedSince()) + ": " + r.blockReason());
        values.put("stand", Long.toString(held.stand()));
        values.put("geaendert", second(held.changed()));
        return values;
    }

    static String address(Address a) {
        String addition = a.addition().isEmpty() ? "" : " (" + a.addition() + ")";
        return a.street() + " " + a.number() + addition + ", " + a.postalCode() + " " + a.town();
    }

    static String day(LocalDate date) {
        return DAY.format(date);
    }

    static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZONE);
    }

    static String second(Instant instant) {
        return SECOND.format(instant.atZone(ZONE));
    }

    private static String german(String isoDate) {
        String[] parts = isoDate.split("-");
        return parts.length == 3 ? parts[2] + "." + parts[1] + "." + parts[0] : isoDate;
    }
}
