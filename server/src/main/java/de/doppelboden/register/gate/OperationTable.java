package de.doppelboden.register.gate;

import de.doppelboden.configuration.OperationSettings;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Service;
import de.doppelboden.gateway.relay.Success;
import de.doppelboden.register.RegisterOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds in the primary's requests what clerks do, as the configuration says. */
final class OperationTable {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    private final List<Row> rows = new ArrayList<>();

    private record Row(OperationSettings settings, Operation operation, Pattern path) {}

    /**
     * A request that was recognised.
     *
     * @param om the key that it names; empty if it has none
     */
    record Found(Operation operation, OperationSettings settings, String om, Success success) {}

    OperationTable(List<OperationSettings> settings, Service service) {
        for (var one : settings) {
            rows.add(new Row(one, budgeted(acted(one, service), one), pattern(one.path())));
        }
    }

    /** A form that is only opened changes nothing: it is a look at the record, whatever it will send. */
    private static Operation acted(OperationSettings settings, Service service) {
        var operation = service.operation(settings.operation());
        boolean opens = settings.method().equals("GET") && !operation.read();
        return opens ? service.operation(RegisterOperations.VIEW) : operation;
    }

    /** An operation with a budget of its own; the judge knows it by its name. */
    private static Operation budgeted(Operation operation, OperationSettings settings) {
        return settings.budget()
                .map(budget -> new Operation(
                        operation.name(),
                        operation.read(),
                        operation.policy(),
                        budget,
                        operation.equivalent(),
                        operation.sharedData()))
                .orElse(operation);
    }

    private static Pattern pattern(String path) {
        var regex = new StringBuilder();
        int from = 0;
        for (int at = path.indexOf("{key}"); at >= 0; at = path.indexOf("{key}", from)) {
            regex.append(Pattern.quote(path.substring(from, at))).append("(?<key>[^/]{1,64})");
            from = at + 5;
        }
        return Pattern.compile(regex.append(Pattern.quote(path.substring(from))).toString());
    }

    /** @param form fields of query and body together */
    Optional<Found> find(String method, String path, Map<String, String> form) {
        String asked = method.equals("HEAD") ? "GET" : method;
        for (var row : rows) {
            if (row.settings.method().equals(asked)) {
                Matcher matcher = row.path.matcher(path);
                if (matcher.matches()) {
                    return Optional.of(new Found(
                            row.operation, row.settings, key(row, matcher, form), new Success(row.settings.success())));
                }
            }
        }
        return Optional.empty();
    }

    private static String key(Row row, Matcher matcher, Map<String, String> form) {
        String key = row.settings.path().contains("{key}")
                ? FormFields.decoded(matcher.group("key"))
                : row.settings
                        .keyField()
                        .map(field -> form.getOrDefault(field, ""))
                        .orElse("");
        return KEY.matcher(key).matches() ? key : "";
    }

    /** When the answer to that operation, asked by GET, is good; null if there is none. */
    @Nullable
    Success successOfPage(String operation) {
        for (var row : rows) {
            if (row.settings.operation().equals(operation)
                    && row.settings.method().equals("GET")) {
                return new Success(row.settings.success());
            }
        }
        return null;
    }

    /** The path at the primary of the first operation of that name that is asked by GET; null if there is none. */
    @Nullable
    String page(String operation, String om) {
        for (var row : rows) {
            boolean fits = row.settings.operation().equals(operation)
                    && row.settings.method().equals("GET")
                    && (!om.isEmpty() || !row.settings.path().contains("{key}"));
            if (fits) {
                return row.settings.path().replace("{key}", om);
            }
        }
        return null;
    }
}
