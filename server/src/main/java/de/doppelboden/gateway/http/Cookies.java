package de.doppelboden.gateway.http;

import java.util.Optional;
import java.util.StringJoiner;

/** Cookies as they stand in Cookie and Set-Cookie (RFC 6265). */
public final class Cookies {

    private Cookies() {}

    /** The first cookie of that name that a user sent. */
    public static Optional<String> sent(Headers headers, String name) {
        for (String line : headers.all("cookie")) {
            for (String pair : line.split(";", 200)) {
                String trimmed = pair.strip();
                if (trimmed.startsWith(name + "=")) {
                    return Optional.of(unquoted(trimmed.substring(name.length() + 1)))
                            .filter(value -> !value.isEmpty());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * All that a user sent but those of that name, as one line, which is empty if there are no others.
     *
     * @return empty if there is none of that name
     */
    public static Optional<String> without(Headers headers, String name) {
        var others = new StringJoiner(";");
        boolean found = false;
        for (String line : headers.all("cookie")) {
            for (String pair : line.split(";")) {
                boolean its = pair.strip().startsWith(name + "=");
                found |= its;
                if (!its) {
                    others.add(pair);
                }
            }
        }
        return found ? Optional.of(others.toString().strip()) : Optional.empty();
    }

    /** The value that an answer sets; empty if it sets none or deletes it. */
    public static Optional<String> set(Headers headers, String name) {
        for (String line : headers.all("set-cookie")) {
            if (line.startsWith(name + "=")) {
                int end = line.indexOf(';');
                String value = unquoted(line.substring(name.length() + 1, end < 0 ? line.length() : end)
                        .strip());
                return Optional.of(value).filter(text -> !text.isEmpty());
            }
        }
        return Optional.empty();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
