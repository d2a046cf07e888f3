package de.doppelboden.register.counter;

import de.doppelboden.register.RegisterOrder;
import de.doppelboden.register.RegisterOrder.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the primary's own forms name what ours ask for, in both directions. */
final class PrimaryForms {

    private static final Map<String, String> MOVE = Map.of(
            "strasse", "neueStrasse",
            "hausnummer", "neueHausnummer",
            "zusatz", "neuerZusatz",
            "plz", "neuePlz",
            "ort", "neuerOrt",
            "einzug", "einzugAm");
    private static final Map<String, String> IMMIGRATE = Map.of(
            "familienname", "nachname",
            "geburtsdatum", "gebdat",
            "staatsangehoerigkeit", "staat",
            "zuzugsland", "herkunft",
            "einzug", "einzugAm");

    private PrimaryForms() {}

    /** Where the primary takes such an order. */
    static String target(RegisterOrder order) {
        return switch (order.kind()) {
            case MOVE -> "/person/" + order.om() + "/umzug";
            case BLOCK -> "/person/" + order.om() + "/sperre";
            case IMMIGRATE -> "/zuzug";
        };
    }

    /** The order as fields of the primary's form; with the same key, so that it is carried out once. */
    static Map<String, String> fields(RegisterOrder order, String vorgang) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("vorgang", vorgang);
        if (order.kind() != Kind.IMMIGRATE) {
            fields.put("stand", order.base().replaceAll("\\+.*", ""));
        }
        order.fields().forEach((name, value) -> fields.put(theirs(order.kind()).getOrDefault(name, name), value));
        return fields;
    }

    /** A form of the primary as a form of ours. */
    static Form ours(Kind kind, Map<String, String> sent) {
        var fields = new LinkedHashMap<>(sent);
        theirs(kind).forEach((ours, theirs) -> {
            var value = fields.remove(theirs);
            if (value != null) {
                fields.put(ours, value);
            }
        });
        return new Form(fields);
    }

    private static Map<String, String> theirs(Kind kind) {
        return switch (kind) {
            case MOVE -> MOVE;
            case BLOCK -> Map.of();
            case IMMIGRATE -> IMMIGRATE;
        };
    }
}
