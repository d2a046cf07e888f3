package de.doppelboden.city.register;

import de.doppelboden.city.register.Clerks.Known;
import de.doppelboden.city.register.Order.Arrival;
import de.doppelboden.city.register.Order.Block;
import de.doppelboden.city.register.Order.CivilAct;
import de.doppelboden.city.register.Order.Move;
import de.doppelboden.city.register.Order.Outcome;
import de.doppelboden.city.register.Order.Sender;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages that clerks work with. A form carries its {@code vorgang}, so that it is carried out once however often it is sent. */
final class ClerkPages {

    static final String SESSION = "REGSITZUNG";

    private final Clerks clerks;
    private final Residents residents;
    private final Orders orders;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    ClerkPages(Clerks clerks, Residents residents, Orders orders, InstantSource clock, Supplier<UUID> ids) {
        this.clerks = clerks;
        this.residents = residents;
        this.orders = orders;
        this.clock = clock;
        this.ids = ids;
    }

    Reply answer(Request request) throws SQLException {
        String token = request.cookie(SESSION);
        switch (request.part(0)) {
            case "anmeldung" -> {
                return request.posts() ? logIn(request.form()) : loginPage("");
            }
            case "abmeldung" -> {
                clerks.logOut(token);
                return Reply.seeOther("/anmeldung").with("Set-Cookie", SESSION + "=; Path=/; Max-Age=0; HttpOnly");
            }
            default -> {
                Optional<Known> clerk = clerks.of(token);
                return clerk.isEmpty() ? Reply.seeOther("/anmeldung") : inside(request, clerk.get());
            }
        }
    }

    private Reply logIn(Map<String, String> form) throws SQLException {
        Optional<String> token = clerks.logIn(form.getOrDefault("kennung", ""), form.getOrDefault("kennwort", ""));
        if (token.isEmpty()) {
            return loginPage(View.wrong(List.of("Anmeldung fehlgeschlagen. Kennung oder Kennwort stimmt nicht.")));
        }
        return Reply.seeOther("/suche")
                .with("Set-Cookie", SESSION + "=" + token.get() + "; Path=/; HttpOnly; SameSite=Lax");
    }

    private static Reply loginPage(String message) {
        String content = Template.fill("login.html", Map.of("message", message));
        return Reply.html(200, View.page("anmeldung", "Anmeldung", null, content));
    }

    private Reply inside(Request request, Known clerk) throws SQLException {
        return switch (request.part(0)) {
            case "" -> Reply.seeOther("/suche");
            case "suche" -> search(request, clerk);
            case "zuzug" ->
                request.posts()
                        ? arrive(request.form(), clerk)
                        : Reply.html(
                                200, form("arrival.html", "zuzug", "Zuzug aus dem Ausland", fresh(Map.of()), clerk));
            case "person" -> person(request, clerk);
            default -> notFound(clerk);
        };
    }

    private Reply search(Request request, Known clerk) throws SQLException {
        var values = new HashMap<>(request.query());
        Question question = Question.of(
                values.getOrDefault("nachname", ""),
                values.getOrDefault("vorname", ""),
                values.getOrDefault("gebdat", ""),
                clerk.seesBlocked());
        boolean asked = values.containsKey("nachname") || values.containsKey("gebdat");
        if (asked && question.precise()) {
            values.put("hits", View.hits(residents.search(question)));
        } else if (asked) {
            values.put(
                    "hits",
                    View.wrong(List.of("Bitte Nachname (zwei Buchstaben) oder Vorname und Geburtsdatum angeben.")));
        }
        return Reply.html(200, form("search.html", "suche", "Personensuche", values, clerk));
    }

    private Reply person(Request request, Known clerk) throws SQLException {
        Optional<Long> om = number(request.part(1));
        if (om.isEmpty() || request.path().size() > 3) {
            return notFound(clerk);
        }
        if (request.posts()) {
            return switch (request.part(2)) {
                case "umzug" -> move(om.get(), request.form(), clerk);
                case "sperre" -> block(om.get(), request.form(), clerk);
                case "personenstand" -> act(om.get(), request.form(), clerk);
                default -> notFound(clerk);
            };
        }
        Optional<Held> held = residents.find(om.get(), clerk.seesBlocked());
        return held.isEmpty() ? hidden(request, clerk) : show(request, held.get(), clerk);
    }

    private Reply show(Request request, Held held, Known clerk) throws SQLException {
        Map<String, String> values = fresh(View.values(held));
        return switch (request.part(2)) {
            case "" -> {
                Optional<Long> number = ownOrder(request, held.resident().om());
                number.ifPresent(n -> values.put("message", View.good("Auftrag Nr. " + n + " ausgeführt.")));
                yield Reply.html(200, form("person.html", "person", "Person", values, clerk));
            }
            case "bescheinigung" -> {
                values.put("office", clerk.office());
                values.put("name", clerk.name());
                values.put("today", View.day(View.today(clock.instant())));
                yield Reply.html(200, form("certificate.html", "bescheinigung", "Meldebescheinigung", values, clerk));
            }
            case "umzug" -> Reply.html(200, form("move.html", "umzug", "Umzug", values, clerk));
            case "sperre" -> Reply.html(200, form("block.html", "sperre", "Auskunftssperre", values, clerk));
            default -> notFound(clerk);
        };
    }

    /** Who has just blocked a person and may not see her learns that it is done, and nothing else. */
    private Reply hidden(Request request, Known clerk) throws SQLException {
        Optional<Long> om = number(request.part(1));
        Optional<Long> number = om.isEmpty() ? Optional.empty() : ownOrder(request, om.get());
        if (number.isEmpty()) {
            return notFound(clerk);
        }
        return Reply.html(
                200,
                View.page("erledigt", "Erledigt", clerk, View.good("Auftrag Nr. " + number.get() + " ausgeführt.")));
    }

    private Optional<Long> ownOrder(Request request, long om) throws SQLException {
        Optional<Long> number = number(request.query().getOrDefault("ok", ""));
        return number.isPresent()
                        && orders.numbered(number.get())
                                .filter(o -> o.om() == om)
                                .isPresent()
                ? number
                : Optional.empty();
    }

    private Reply move(long om, Map<String, String> form, Known clerk) throws SQLException {
        var fields = new Fields(form);
        String key = fields.key("vorgang");
        var move = new Move(
                om,
                fields.stand("stand"),
                fields.address("neueStrasse", "neueHausnummer", "neuerZusatz", "neuePlz", "neuerOrt"),
                fields.date("einzugAm", "Einzug"));
        return fields.valid()
                ? carryOut(move, key, clerk)
                : again(om, form, fields, "move.html", "umzug", "Umzug", clerk);
    }

    private Reply block(long om, Map<String, String> form, Known clerk) throws SQLException {
        var fields = new Fields(form);
        String key = fields.key("vorgang");
        var block = new Block(om, fields.required("grund", "Grund", 200));
        return fields.valid()
                ? carryOut(block, key, clerk)
                : again(om, form, fields, "block.html", "sperre", "Auskunftssperre", clerk);
    }

    private Reply act(long om, Map<String, String> form, Known clerk) throws SQLException {
        var fields = new Fields(form);
        String key = fields.key("vorgang");
        var act = new CivilAct(om, fields.required("art", "Personenstandsfall", 40));
        return fields.valid()
                ? carryOut(act, key, clerk)
                : Reply.html(422, View.page("fehler", "Personenstandsfall", clerk, View.wrong(fields.problems())));
    }

    private Reply arrive(Map<String, String> form, Known clerk) throws SQLException {
        var fields = new Fields(form);
        String key = fields.key("vorgang");
        var arrival = new Arrival(
                fields.required("nachname", "Nachname", 120),
                fields.required("vornamen", "Vornamen", 120),
                fields.optional("geburtsname", "Geburtsname", 120),
                fields.birthDate("gebdat"),
                fields.gender("geschlecht"),
                fields.country("staat", "Staatsangehörigkeit"),
                fields.country("herkunft", "Zuzug aus"),
                fields.address("strasse", "hausnummer", "zusatz", "plz", "ort"),
                fields.date("einzugAm", "Einzug"));
        if (fields.valid()) {
            return carryOut(arrival, key, clerk);
        }
        var values = new HashMap<>(form);
        values.put("message", View.wrong(fields.problems()));
        return Reply.html(422, form("arrival.html", "zuzug", "Zuzug aus dem Ausland", values, clerk));
    }

    private Reply carryOut(Order order, String key, Known clerk) throws SQLException {
        var sender = new Sender(key, clerk.login(), clerk.office(), clerk.seesBlocked(), clock.instant(), "seite");
        return switch (orders.carryOut(order, sender)) {
            case Outcome.Done done -> Reply.seeOther("/person/" + done.om() + "?ok=" + done.number());
            case Outcome.NoSuchPerson none -> notFound(clerk);
            case Outcome.Conflict conflict -> conflict(conflict.current(), clerk);
            case Outcome.KeyReused reused ->
                Reply.html(
                        409,
                        View.plain(
                                "fehler",
                                "Schon gesendet",
                                clerk,
                                "Dieses Formular wurde schon mit anderen Angaben gesendet."));
        };
    }

    private static Reply conflict(Held current, Known clerk) {
        boolean shown = clerk.seesBlocked() || !current.blocked();
        String content =
                View.wrong(List.of("Der Datensatz hat sich geändert, seit das Formular geöffnet wurde, oder die "
                                + "Person ist schon gemeldet. Bitte neu öffnen und prüfen."))
                        + (shown ? View.hits(List.of(current)) : "");
        return Reply.html(409, View.page("konflikt", "Nicht eingetragen", clerk, content));
    }

    /** The form once more, with what was entered and what is wrong with it. */
    private Reply again(
            long om, Map<String, String> form, Fields fields, String file, String kind, String title, Known clerk)
            throws SQLException {
        Optional<Held> held = residents.find(om, clerk.seesBlocked());
        if (held.isEmpty()) {
            return notFound(clerk);
        }
        var values = new HashMap<>(form);
        values.putAll(View.values(held.get()));
        values.put("stand", form.getOrDefault("stand", ""));
        values.put("message", View.wrong(fields.problems()));
        return Reply.html(422, form(file, kind, title, values, clerk));
    }

    private Map<String, String> fresh(Map<String, String> values) {
        var more = new HashMap<>(values);
        more.put("vorgang", ids.get().toString());
        return more;
    }

    private static String form(String file, String kind, String title, Map<String, String> values, Known clerk) {
        return View.page(kind, title, clerk, Template.fill(file, values));
    }

    static Reply notFound(@Nullable Known clerk) {
        return Reply.html(404, View.plain("fehler", "Nicht gefunden", clerk, "Das gibt es im Register nicht."));
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
