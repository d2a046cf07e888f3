package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two versions of a record, field by field: what the journal wants and what the primary has. Knows nothing of services:
 * fields are matched by their names, wherever they stand.
 *
 * @param blocked one of the versions says that an information block is on the person
 */
public record Comparison(List<Line> lines, boolean blocked) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What belongs to the form and not to the record. */
    private static final Set<String> FORM = Set.of(
            "art",
            "om",
            "stand",
            "sachbearbeiter",
            "dienststelle",
            "eingang",
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "auftrag",
            "geaendert");

    /** As people read them; what is not named comes after. */
    private static final List<String> ORDER = List.of(
            "familienname",
            "geburtsname",
            "vornamen",
            "rufname",
            "geburtsdatum",
            "geburtsort",
            "geschlecht",
            "staatsangehoerigkeit",
            "zuzugsland",
            "strasse",
            "hausnummer",
            "zusatz",
            "plz",
            "ort",
            "einzug",
            "grund");

    /** One field. {@code differs} only if both versions have it. */
    public record Line(String label, String journal, String primary, boolean differs) {}

    /**
     * Compares; a version that cannot be read has no fields.
     *
     * @param primary empty if the primary's version is not known
     */
    static Comparison of(String journal, String primary) {
        Map<String, String> ours = fields(journal);
        Map<String, String> theirs = fields(primary);
        List<Line> lines = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(ORDER);
        names.addAll(ours.keySet());
        names.addAll(theirs.keySet());
        for (String name : names) {
            String here = ours.getOrDefault(name, "");
            String there = theirs.getOrDefault(name, "");
            if (!here.isEmpty() || !there.isEmpty()) {
                boolean both = ours.containsKey(name) && theirs.containsKey(name);
                lines.add(new Line(label(name), shown(name, here), shown(name, there), both && !here.equals(there)));
            }
        }
        boolean blocked = blocks(journal) || "true".equals(theirs.get("auskunftssperre"));
        return new Comparison(List.copyOf(lines), blocked);
    }

    private static boolean blocks(String journal) {
        try {
            return JSON.readTree(journal).path("art").asString("").equals("sperre");
        } catch (JacksonException e) {
            return false;
        }
    }

    private static Map<String, String> fields(String json) {
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            JsonNode tree = JSON.readTree(json.isBlank() ? "{}" : json);
            collect(tree.has("aktuell") ? tree.path("aktuell") : tree, fields);
        } catch (JacksonException e) {
            fields.clear();
        }
        return fields;
    }

    private static void collect(JsonNode node, Map<String, String> fields) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                collect(value, fields);
            } else if (value.isValueNode() && !FORM.contains(field.getKey())) {
                fields.putIfAbsent(field.getKey(), value.isNull() ? "" : value.asString(""));
            }
        });
    }

    private static String shown(String name, String value) {
        if (Texts.has("field." + name + "." + value)) {
            return t("field." + name + "." + value);
        }
        return switch (value) {
            case "true" -> t("field.yes");
            case "false" -> t("field.no");
            default -> value.replaceFirst("^(\\d{4})-(\\d{2})-(\\d{2})$", "$3.$2.$1");
        };
    }

    private static String label(String name) {
        return Texts.has("field." + name) ? t("field." + name) : name;
    }
}
