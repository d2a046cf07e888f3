package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;
import static de.doppelboden.configuration.Key.required;
import static de.doppelboden.configuration.Key.withDefault;

import java.time.Duration;
import java.util.Optional;

/**
 * How one operation of the service looks at the primary.
 *
 * @param operation a name that the kind of service knows, as {@code register.search}
 * @param path with {@code {key}} where the key stands, as {@code /person/{key}/umzug}
 * @param keyField the form field or query parameter with the key, where the path has none
 * @param idempotencyField the form field with the key that the primary recognises a repeated form by
 * @param baseField the form field with the version that the form was made from
 */
public record OperationSettings(
        String operation,
        String method,
        String path,
        Optional<String> keyField,
        Optional<String> idempotencyField,
        Optional<String> baseField,
        Optional<Duration> budget,
        SuccessSettings success) {

    static OperationSettings read(Section in) {
        String operation = in.text(required("operation", "Name of the operation, as `register.search`"));
        String method = in.text(withDefault("method", "GET", "HTTP method"));
        if (!method.matches("[A-Z]{1,16}")) {
            in.refuse("method", "\"" + method + "\" is not possible; expected a method in capitals, as GET or POST");
        }
        String path = in.text(required("path", "Path at the primary, with `{key}` where the key stands"));
        if (!path.isEmpty() && !path.startsWith("/")) {
            in.refuse("path", "\"" + path + "\" is not possible; expected a path from / on");
        }
        return new OperationSettings(
                operation,
                method,
                path,
                in.optionalText(optional("key-field", "Form field or query parameter with the key")),
                in.optionalText(optional("idempotency-field", "Form field that makes a repeated form recognisable")),
                in.optionalText(optional("base-field", "Form field with the version the form was made from")),
                in.optionalDuration(optional("budget", "Budget of this operation; else the service's")
                        .between("10ms", "60s")),
                SuccessSettings.read(in));
    }
}
