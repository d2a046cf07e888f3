package de.doppelboden.register;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something to be done in the register, as it stands in the journal and as the primary's interface for orders takes it.
 *
 * @param om the person, empty for a registration from abroad
 * @param base version of the record that the clerk saw: a number, and behind a {@code +} the key of the order before it
 *     that had not reached the primary then; empty for a registration
 * @param fields by their names in the interface: strasse, hausnummer, zusatz, plz, ort, einzug; grund; familienname ...
 * @param clerk log-in name
 * @param received when the citizen's matter was received
 */
public record RegisterOrder(
        Kind kind, String om, String base, Map<String, String> fields, String clerk, String office, Instant received) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> ADDRESS = Set.of("strasse", "hausnummer", "zusatz", "plz", "ort");
    private static final Set<String> PERSON = Set.of(
            "familienname",
            "vornamen",
            "geburtsname",
            "geburtsdatum",
            "geschlecht",
            "staatsangehoerigkeit",
            "zuzugsland");

    /** The kinds of order that the standby takes. */
    public enum Kind {
        MOVE("umzug", RegisterOperations.MOVE),
        BLOCK("sperre", RegisterOperations.BLOCK),
        IMMIGRATE("zuzug", RegisterOperations.IMMIGRATE);

        private final String word;
        private final String operation;

        Kind(String word, String operation) {
            this.word = word;
            this.operation = operation;
        }

        /** As the interface calls it. */
        public String word() {
            return word;
        }

        public String operation() {
            return operation;
        }

        public static Optional<Kind> of(String operation) {
            return Arrays.stream(values())
                    .filter(kind -> kind.operation.equals(operation))
                    .findFirst();
        }
    }

    public RegisterOrder {
        fields = Map.copyOf(fields);
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** The payload of its journal entry. */
    public String json() {
        var body = JSON.createObjectNode().put("art", kind.word).put("om", om).put("stand", base);
        if (kind != Kind.BLOCK) {
            put(body.putObject("anschrift"), ADDRESS::contains);
        }
        if (kind == Kind.IMMIGRATE) {
            put(body.putObject("person"), PERSON::contains);
        }
        put(body, name -> !ADDRESS.contains(name) && !PERSON.contains(name));
        return body.put("sachbearbeiter", clerk)
                .put("dienststelle", office)
                .put("eingang", received.toString())
                .toString();
    }

    /** Reads a payload back; empty when it is none. */
    public static Optional<RegisterOrder> parse(String payload) {
        try {
            var body = JSON.readTree(payload);
            var kind = Arrays.stream(Kind.values())
                    .collect(Collectors.toMap(Kind::word, Function.identity()))
                    .get(body.path("art").asString(""));
            if (kind == null) {
                return Optional.empty();
            }
            var fields = new LinkedHashMap<String, String>();
            collect(body, fields);
            collect(body.path("anschrift"), fields);
            collect(body.path("person"), fields);
            fields.keySet().removeAll(Set.of("art", "om", "stand", "sachbearbeiter", "dienststelle", "eingang"));
            return Optional.of(new RegisterOrder(
                    kind,
                    body.path("om").asString(""),
                    body.path("stand").asString(""),
                    fields,
                    body.path("sachbearbeiter").asString(""),
                    body.path("dienststelle").asString(""),
                    Instant.parse(body.path("eingang").asString(""))));
        } catch (JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private void put(ObjectNode node, Predicate<String> wanted) {
        new TreeMap<>(fields).forEach((name, value) -> {
            if (wanted.test(name)) {
                node.put(name, value);
            }
        });
    }

    private static void collect(JsonNode node, Map<String, String> fields) {
        node.propertyStream()
                .filter(property -> property.getValue().isString())
                .forEach(property ->
                        fields.put(property.getKey(), property.getValue().asString()));
    }
}
