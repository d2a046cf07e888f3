package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;

import java.util.List;
import java.util.Optional;

/**
 * What an answer must be to count as a success. Fields and text are looked at below 400, text only of a whole page (200).
 *
 * @param status answers with these are successes, and no others; none named: all but 408, 429 and 500 to 599
 * @param header must be in a successful answer
 * @param headerNot must not be in a successful answer
 * @param text must be in a successful answer
 * @param textNot must not be in a successful answer
 */
public record SuccessSettings(
        List<Integer> status,
        Optional<HeaderField> header,
        Optional<HeaderField> headerNot,
        Optional<String> text,
        Optional<String> textNot) {

    /** Any answer that does not call itself a failure. */
    public static final SuccessSettings BY_STATUS =
            new SuccessSettings(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static SuccessSettings read(Section in) {
        return new SuccessSettings(
                in.values(
                        optional(
                                "status",
                                "Statuses that are successes, and no others; else all but 408, 429 and 500 to 599"),
                        SuccessSettings::code),
                field(
                        in,
                        "header",
                        "Field that must be in a successful answer, as `Name` or `Name: text` in its value"),
                field(in, "header-not", "Field that must not be in a successful answer, as `Location: /login`"),
                in.optionalText(optional("text", "Text that must be in a successful answer")),
                in.optionalText(optional("text-not", "Text that must not be in a successful answer")));
    }

    private static Optional<HeaderField> field(Section in, String key, String what) {
        return in.optionalText(optional(key, what)).flatMap(text -> {
            var field = HeaderField.of(text);
            if (field.isEmpty()) {
                in.refuse(key, "\"" + text + "\" is not possible; expected a header field, as Location: /login");
            }
            return field;
        });
    }

    static Integer code(String text) {
        int code = Integer.parseInt(text);
        if (code < 100 || code > 599) {
            throw new IllegalArgumentException("no HTTP status");
        }
        return code;
    }
}
