package de.doppelboden.register.counter;

import de.doppelboden.register.Resident;
import de.doppelboden.register.SearchForm;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The person search of docs/protocols/person-search.yaml, answered from the copy as the primary answers it. The gateway has
 * checked the token of the asking procedure.
 */
@RestController
final class PersonSearch {

    static final String BASE = "/notbetrieb/personen/2.0/rest/person";
    static final String PATHS = BASE + "/**";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_BODY = 16 * 1024;

    private final CopyReader copy;

    PersonSearch(CopyReader copy) {
        this.copy = copy;
    }

    @PostMapping(BASE + "/search")
    ResponseEntity<String> search(@RequestBody byte[] body) throws SQLException {
        JsonNode question;
        try {
            question = JSON.readTree(body.length > LONGEST_BODY ? new byte[0] : body);
        } catch (JacksonException e) {
            return problem(400, "Kein lesbares JSON", "Die Anfrage ist kein JSON.");
        }
        var login = text(question.path("benutzer"), "benutzerId");
        if (!copy.knowsClerk(login)) {
            return problem(403, "Unbekannter Benutzer", "Die benutzerId gehört zu niemandem, der hier arbeitet.");
        }
        var criteria = question.path("suchkriterien");
        var status = status(text(criteria, "datensatzstatus"));
        if (status.isEmpty()) {
            return problem(400, "Unvollständig", "datensatzstatus: AKTUELL, INAKTUELL oder OHNE_EINSCHRAENKUNG.");
        }
        var family = text(criteria, "familienname");
        var given = text(criteria, "vorname");
        var born = text(criteria.path("geburtsdatum"), "datum");
        if (form(family).length() < 2 && (form(given).isEmpty() || born.isEmpty())) {
            return problem(422, "Zu ungenau", "familienname mit zwei Buchstaben, oder vorname und geburtsdatum.");
        }
        var where = names(family, given)
                .equal("r.geburtsdatum", born)
                .equal("r.geschlecht", text(criteria, "geschlecht"))
                .equal("r.plz", text(criteria, "postleitzahl"))
                .equal("r.ort", text(criteria, "wohnort"))
                .and(status.get());
        var answer = JSON.createObjectNode();
        var persons = answer.putArray("personen");
        copy.answer(where, login).forEach(resident -> persons.add(person(resident)));
        return json(answer);
    }

    @GetMapping(BASE + "/{om}")
    ResponseEntity<String> read(@PathVariable String om, @RequestParam(defaultValue = "") String benutzerId)
            throws SQLException {
        if (!copy.knowsClerk(benutzerId)) {
            return problem(403, "Unbekannter Benutzer", "Die benutzerId gehört zu niemandem, der hier arbeitet.");
        }
        List<Resident> found = om.matches("[0-9]{1,12}")
                ? copy.answer(new Where().and("r.om = ?", om.replaceFirst("^0+(?=.)", "")), benutzerId)
                : List.of();
        return found.isEmpty()
                ? problem(404, "Keine solche Person", "Zu diesem Ordnungsmerkmal gibt es keine Person.")
                : json(person(found.getFirst()));
    }

    /** Whole names: the family or the birth name, and one of the forenames; a star at the end: begins with. */
    private static Where names(String family, String given) {
        var where = new Where();
        if (!form(family).isEmpty()) {
            var name = new Where().and("n.whole and n.kind in (0, 1)").word("n.part", begun(family));
            where.and("r.om in (select n.om from register.resident_name n where " + name.sql() + ")")
                    .all(name.valuesOnly());
        }
        return form(given).isEmpty() ? where : where.oneOf("r.vornamen_suche", List.of(begun(given)));
    }

    /** The search form without blanks, and a star behind it if there was one. */
    private static String begun(String name) {
        return form(name) + (name.strip().endsWith("*") ? "*" : "");
    }

    private static String form(String name) {
        return SearchForm.of(name).replace(" ", "").replaceAll("[0-9]", "");
    }

    private static Optional<String> status(String name) {
        return switch (name) {
            case "AKTUELL" -> Optional.of("r.verstorben is null");
            case "INAKTUELL" -> Optional.of("r.verstorben is not null");
            case "OHNE_EINSCHRAENKUNG" -> Optional.of("true");
            default -> Optional.empty();
        };
    }

    private ResponseEntity<String> json(ObjectNode body) throws SQLException {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Doppelboden-Stand", copy.asOf().toString())
                .body(body.toString());
    }

    private static ResponseEntity<String> problem(int status, String title, String detail) {
        var body = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body.toString());
    }

    private static ObjectNode person(Resident r) {
        var death = r.death();
        var person = JSON.createObjectNode().put("ordnungsmerkmal", r.om());
        person.put("personstatus", (death.isEmpty() ? "AKTUELLER" : "INAKTUELLER") + "_FESTER_EINWOHNER");
        if (r.block() != null) {
            put(person, "auskunftssperre", r.block().reason());
        }
        var names = person.putObject("namen");
        var forenames = names.putArray("vornamen");
        for (var forename : r.names().forenames().split(" ")) {
            forenames
                    .addObject()
                    .put("vorname", forename)
                    .put("rufname", forename.equals(r.names().callName()));
        }
        name(names, "familienname", r.names().family());
        name(names, "geburtsname", r.names().birthName());
        put(names, "doktorgrad", r.names().doctorate());
        var birth = person.putObject("geburtsdaten");
        birth.putObject("datum").put("datum", r.birth().date());
        put(birth, "ort", r.birth().place());
        put(person, "geschlecht", r.sex());
        death.ifPresent(day -> person.putObject("sterbedaten")
                .put("datum", day.atStartOfDay(ZoneOffset.UTC).toInstant().toString()));
        var address = person.putObject("melderegisterAnschrift");
        put(address, "strasse", r.address().street());
        put(address, "hausnummer", r.address().houseNumber());
        put(address, "zusatz", r.address().addition());
        put(address, "postleitzahl", r.address().postcode());
        put(address, "ort", r.address().town());
        person.putArray("staatsangehoerigkeiten").addObject().put("schluessel", r.nationality());
        return person;
    }

    private static void name(ObjectNode names, String property, String name) {
        if (!name.isEmpty()) {
            names.putObject(property).put("name", name);
        }
    }

    private static void put(ObjectNode node, String property, String value) {
        if (!value.isEmpty()) {
            node.put(property, value);
        }
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isString() ? value.asString() : "";
    }
}
