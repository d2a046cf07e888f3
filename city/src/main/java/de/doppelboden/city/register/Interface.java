package de.doppelboden.city.register;

import de.doppelboden.city.population.Resident.Address;
import de.doppelboden.city.register.Clerks.Known;
import de.doppelboden.city.register.Order.Arrival;
import de.doppelboden.city.register.Order.Block;
import de.doppelboden.city.register.Order.Move;
import de.doppelboden.city.register.Order.Outcome;
import de.doppelboden.city.register.Order.Sender;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What other procedures use: the person search of docs/protocols/person-search.yaml under {@code /personen/2.0/rest}, and orders with
 * their read-back under {@code /api/v1}.
 */
final class Interface {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Clerks clerks;
    private final Residents residents;
    private final Orders orders;
    private final InstantSource clock;
    private final byte[] token;

    Interface(Clerks clerks, Residents residents, Orders orders, InstantSource clock, String token) {
        this.clerks = clerks;
        this.residents = residents;
        this.orders = orders;
        this.clock = clock;
        this.token = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    static boolean isFor(Request request) {
        return request.part(0).equals("api") || request.part(0).equals("personen");
    }

    Reply answer(Request request) throws SQLException {
        byte[] shown = request.header("Authorization").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(shown, token)) {
            return problem(401, "Nicht angemeldet", "Ein gültiges Bearer-Token fehlt.")
                    .with("WWW-Authenticate", "Bearer");
        }
        try {
            return route(request);
        } catch (JacksonException e) {
            return problem(400, "Kein lesbares JSON", e.getOriginalMessage());
        }
    }

    private Reply route(Request request) throws SQLException {
        String route = request.method() + " /" + String.join("/", request.path());
        if (route.equals("POST /personen/2.0/rest/person/search")) {
            return search(JSON.readTree(request.body()));
        }
        if (route.matches("GET /personen/2\\.0/rest/person/\\d{1,12}")) {
            return read(Long.parseLong(request.part(4)), request.query().getOrDefault("benutzerId", ""));
        }
        if (route.equals("POST /api/v1/auftraege")) {
            return order(request);
        }
        if (route.startsWith("GET /api/v1/auftraege/") && request.path().size() == 4) {
            return lookUp(request.part(3));
        }
        if (route.matches("GET /api/v1/personen/\\d{1,15}")) {
            Optional<Held> held = residents.find(Long.parseLong(request.part(3)), true);
            return held.isPresent() ? Reply.json(200, Json.record(held.get()).toString()) : noSuchPerson();
        }
        return problem(404, "Nicht gefunden", "Diese Adresse gibt es an der Schnittstelle nicht.");
    }

    private static Reply noSuchPerson() {
        return problem(404, "Keine solche Person", "Zu diesem Ordnungsmerkmal gibt es keine Person.");
    }

    private Reply search(JsonNode question) throws SQLException {
        Optional<Known> clerk = clerks.named(text(question.path("benutzer"), "benutzerId"));
        JsonNode criteria = question.path("suchkriterien");
        Optional<Question.Status> status = status(text(criteria, "datensatzstatus"));
        if (clerk.isEmpty()) {
            return problem(403, "Unbekannter Benutzer", "Die benutzerId gehört zu niemandem, der hier arbeitet.");
        }
        if (status.isEmpty()) {
            return problem(400, "Unvollständig", "datensatzstatus: AKTUELL, INAKTUELL oder OHNE_EINSCHRAENKUNG.");
        }
        var asked = new Question(
                text(criteria, "familienname"),
                text(criteria, "vorname"),
                text(criteria.path("geburtsdatum"), "datum"),
                text(criteria, "geschlecht"),
                text(criteria, "postleitzahl"),
                text(criteria, "wohnort"),
                status.get(),
                clerk.get().seesBlocked());
        if (!asked.precise()) {
            return problem(422, "Zu ungenau", "familienname mit zwei Buchstaben, oder vorname und geburtsdatum.");
        }
        ObjectNode answer = Json.object();
        ArrayNode persons = answer.putArray("personen");
        residents.search(asked).forEach(held -> persons.add(Json.person(held)));
        return Reply.json(200, answer.toString());
    }

    private static Optional<Question.Status> status(String name) {
        return switch (name) {
            case "AKTUELL" -> Optional.of(Question.Status.LIVING);
            case "INAKTUELL" -> Optional.of(Question.Status.DECEASED);
            case "OHNE_EINSCHRAENKUNG" -> Optional.of(Question.Status.ANY);
            default -> Optional.empty();
        };
    }

    private Reply read(long om, String login) throws SQLException {
        Optional<Known> clerk = clerks.named(login);
        if (clerk.isEmpty()) {
            return problem(403, "Unbekannter Benutzer", "Die benutzerId gehört zu niemandem, der hier arbeitet.");
        }
        Optional<Held> held = residents.find(om, clerk.get().seesBlocked());
        return held.isPresent() ? Reply.json(200, Json.person(held.get()).toString()) : noSuchPerson();
    }

    private Reply order(Request request) throws SQLException {
        String key = request.header("Idempotency-Key");
        JsonNode body = JSON.readTree(request.body());
        if (!key.matches("[!-~]{1,100}")) {
            return problem(400, "Ohne Schlüssel", "Idempotency-Key: 1 bis 100 sichtbare Zeichen.");
        }
        var fields = new Fields(flat(body));
        String kind = text(body, "art");
        Optional<Order> order = order(kind, body, fields);
        if (order.isEmpty()) {
            return problem(422, "Unbekannte Art", "art: umzug, sperre oder zuzug.");
        }
        if (!fields.valid()) {
            return problem(422, "Unvollständig", String.join(" ", fields.problems()));
        }
        var sender = new Sender(
                key, text(body, "sachbearbeiter"), text(body, "dienststelle"), true, received(body), "schnittstelle");
        return switch (orders.carryOut(order.get(), sender)) {
            case Outcome.Done done ->
                Reply.json(done.earlier() ? 200 : 201, done(done).toString());
            case Outcome.NoSuchPerson none -> noSuchPerson();
            case Outcome.Conflict conflict -> conflict(conflict.current());
            case Outcome.KeyReused reused ->
                problem(422, "Schlüssel schon benutzt", "Unter diesem Idempotency-Key steht ein anderer Auftrag.");
        };
    }

    private static ObjectNode done(Outcome.Done done) {
        return Json.object()
                .put("auftrag", Long.toString(done.number()))
                .put("om", Long.toString(done.om()))
                .put("stand", Long.toString(done.stand()));
    }

    private static Reply conflict(Held current) {
        ObjectNode body =
                Json.problem(409, "Konflikt", "Der Datensatz hat sich geändert, oder die Person ist schon gemeldet.");
        body.set("aktuell", Json.record(current));
        body.put("stand", Long.toString(current.stand()));
        return Reply.problem(409, body.toString());
    }

    private static Optional<Order> order(String kind, JsonNode body, Fields fields) {
        return switch (kind) {
            case "umzug" -> {
                long om = fields.stand("om");
                long stand = fields.stand("stand");
                yield Optional.of(new Move(om, stand, address(fields), fields.date("einzug", "Einzug")));
            }
            case "sperre" -> Optional.of(new Block(fields.stand("om"), fields.required("grund", "Grund", 200)));
            case "zuzug" ->
                Optional.of(new Arrival(
                        fields.required("familienname", "Familienname", 120),
                        fields.required("vornamen", "Vornamen", 120),
                        fields.optional("geburtsname", "Geburtsname", 120),
                        fields.birthDate("geburtsdatum"),
                        fields.gender("geschlecht"),
                        fields.country("staatsangehoerigkeit", "Staatsangehörigkeit"),
                        fields.country("zuzugsland", "Zuzugsland"),
                        address(fields),
                        fields.date("einzug", "Einzug")));
            default -> Optional.empty();
        };
    }

    private static Address address(Fields fields) {
        return fields.address("strasse", "hausnummer", "zusatz", "plz", "ort");
    }

    /** The body's own fields and those of {@code anschrift} and {@code person}; none of their names occurs twice. */
    private static Map<String, String> flat(JsonNode body) {
        var flat = new HashMap<String, String>();
        var nodes = new ArrayList<>(List.of(body, body.path("anschrift"), body.path("person")));
        for (JsonNode node : nodes) {
            node.propertyStream()
                    .filter(property -> property.getValue().isValueNode()
                            && !property.getValue().isNull())
                    .forEach(property ->
                            flat.put(property.getKey(), property.getValue().asString()));
        }
        return flat;
    }

    private Instant received(JsonNode body) {
        try {
            return OffsetDateTime.parse(text(body, "eingang")).toInstant();
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    private Reply lookUp(String key) throws SQLException {
        Optional<Orders.Carried> carried = orders.lookUp(key);
        if (carried.isEmpty()) {
            return problem(404, "Nie ausgeführt", "Unter diesem Schlüssel wurde nichts ausgeführt.");
        }
        Orders.Carried o = carried.get();
        ObjectNode answer = Json.object()
                .put("auftrag", Long.toString(o.number()))
                .put("om", Long.toString(o.om()))
                .put("stand", Long.toString(o.stand()))
                .put("art", o.kind())
                .put("am", o.at().toString());
        return Reply.json(200, answer.toString());
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    private static Reply problem(int status, String title, String detail) {
        return Reply.problem(status, Json.problem(status, title, detail).toString());
    }
}
