package de.doppelboden.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A field of an answer's header that is looked for.
 *
 * @param name in lower case
 * @param text is somewhere in its value; empty: whatever that is
 */
public record HeaderField(String name, String text) {

    private static final Pattern WRITTEN = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})(?::(.*))?");

    /** As in a header: {@code Name: text}, or only the name. */
    static Optional<HeaderField> of(String written) {
        var matcher = WRITTEN.matcher(written);
        return matcher.matches()
                ? Optional.of(new HeaderField(
                        matcher.group(1).toLowerCase(Locale.ROOT),
                        Optional.ofNullable(matcher.group(2)).orElse("").strip()))
                : Optional.empty();
    }

    /** @param values all values of fields with that name, in lower case */
    public boolean in(Function<String, List<String>> values) {
        return values.apply(name).stream().anyMatch(value -> value.contains(text));
    }
}
