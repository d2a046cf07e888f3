package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.optional;

import java.util.List;
import java.util.Optional;

/**
 * What an answer must be to count as a success.
 *
 * @param status answers with these are successes; none named: 200 to 399
 * @param text must be in a successful answer
 * @param textNot must not be in a successful answer
 */
public record SuccessSettings(List<Integer> status, Optional<String> text, Optional<String> textNot) {

    /** Any answer that does not call itself a failure. */
    public static final SuccessSettings BY_STATUS = new SuccessSettings(List.of(), Optional.empty(), Optional.empty());

    static SuccessSettings read(Section in) {
        return new SuccessSettings(
                in.values(optional("status", "Statuses that are successes; else 200 to 399"), SuccessSettings::code),
                in.optionalText(optional("text", "Text that must be in a successful answer")),
                in.optionalText(optional("text-not", "Text that must not be in a successful answer")));
    }

    static Integer code(String text) {
        int code = Integer.parseInt(text);
        if (code < 100 || code > 599) {
            throw new IllegalArgumentException("no HTTP status");
        }
        return code;
    }
}
