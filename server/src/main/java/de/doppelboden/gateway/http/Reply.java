package de.doppelboden.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of our own, whole in memory.
 *
 * @param fields further header fields, in order; names and values must be free of CR and LF
 */
public record Reply(int status, String contentType, byte[] body, List<Field> fields) {

    /** One header field. */
    public record Field(String name, String value) {

        public Field {
            if (!isToken(name) || !isValue(value)) {
                throw new IllegalArgumentException("not a header field: " + name);
            }
        }

        private static boolean isToken(String name) {
            for (int i = 0; i < name.length(); i++) {
                if (name.charAt(i) > '~' || !Chars.token((byte) name.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isValue(String value) {
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) > 255 || !Chars.value((byte) value.charAt(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    public Reply {
        fields = List.copyOf(fields);
    }

    public static Reply of(int status, String contentType, String body) {
        return new Reply(status, contentType, body.getBytes(StandardCharsets.UTF_8), List.of());
    }

    public static Reply html(int status, String page) {
        return of(status, "text/html; charset=utf-8", page);
    }

    public static Reply json(int status, String json) {
        return of(status, status >= 400 ? "application/problem+json" : "application/json", json);
    }

    /** 303: look there, by GET. */
    public static Reply seeOther(String location) {
        return new Reply(303, "text/plain; charset=utf-8", new byte[0], List.of(new Field("Location", location)));
    }

    public Reply with(String name, String value) {
        var all = new ArrayList<>(fields);
        all.add(new Field(name, value));
        return new Reply(status, contentType, body, all);
    }
}
