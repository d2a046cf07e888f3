package de.doppelboden.city.register;

import de.doppelboden.city.population.Resident;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON that the interface speaks. */
final class Json {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Json() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode problem(int status, String title, String detail) {
        return object().put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }

    /** The whole record, under the names that the feed's view has. */
    static ObjectNode record(Held held) {
        Resident r = held.resident();
        ObjectNode node = object().put("om", Long.toString(r.om()))
                .put("stand", Long.toString(held.stand()))
                .put("geaendert", held.changed().toString())
                .put("familienname", r.familyName())
                .put("geburtsname", r.birthName())
                .put("fruehere_namen", r.formerNames())
                .put("vornamen", r.forenames())
                .put("rufname", r.callName())
                .put("doktorgrad", r.doctorate())
                .put("geburtsdatum", r.birthDate())
                .put("geburtsort", r.birthPlace())
                .put("geschlecht", r.gender())
                .put("staatsangehoerigkeit", r.nationality());
        node.putObject("anschrift")
                .put("strasse", r.address().street())
                .put("hausnummer", r.address().number())
                .put("zusatz", r.address().addition())
                .put("plz", r.address().postalCode())
                .put("ort", r.address().town());
        node.put("einzug", r.movedIn().toString());
        node.put("verstorben", r.died() == null ? null : r.died().toString());
        node.put("auskunftssperre", held.blocked());
        node.put("sperre_grund", r.blockReason() == null ? "" : r.blockReason());
        node.put(
                "sperre_seit",
                r.blockedSince() == null ? null : r.blockedSince().toString());
        return node;
    }

    /** A person of the person search (docs/protocols/person-search.yaml): what has no value is left out. */
    static ObjectNode person(Held held) {
        Resident r = held.resident();
        ObjectNode person = object().put("ordnungsmerkmal", Long.toString(r.om()))
                .put("personstatus", r.died() == null ? "AKTUELLER_FESTER_EINWOHNER" : "INAKTUELLER_FESTER_EINWOHNER");
        some(person, "auskunftssperre", r.blockReason() == null ? "" : r.blockReason());
        person.set("namen", names(r));
        ObjectNode born = person.putObject("geburtsdaten");
        born.putObject("datum").put("datum", r.birthDate());
        some(born, "ort", r.birthPlace());
        some(person, "geschlecht", r.gender());
        if (r.died() != null) {
            Instant day = r.died().atStartOfDay(ZoneOffset.UTC).toInstant();
            person.putObject("sterbedaten").put("datum", day.toString());
        }
        ObjectNode address = person.putObject("melderegisterAnschrift");
        some(address, "strasse", r.address().street());
        some(address, "hausnummer", r.address().number());
        some(address, "zusatz", r.address().addition());
        some(address, "postleitzahl", r.address().postalCode());
        some(address, "ort", r.address().town());
        person.putArray("staatsangehoerigkeiten").addObject().put("schluessel", r.nationality());
        return person;
    }

    private static ObjectNode names(Resident r) {
        ObjectNode names = object();
        ArrayNode forenames = names.putArray("vornamen");
        for (String forename : List.of(r.forenames().split(" "))) {
            forenames.addObject().put("vorname", forename).put("rufname", forename.equals(r.callName()));
        }
        names.putObject("familienname").put("name", r.familyName());
        if (!r.birthName().isEmpty()) {
            names.putObject("geburtsname").put("name", r.birthName());
        }
        some(names, "doktorgrad", r.doctorate());
        return names;
    }

    private static void some(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }
}
