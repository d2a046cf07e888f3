package de.doppelboden.city.webapp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * As much of a request as a side needs.
 *
 * @param number of the user's request; less than 0 if it is nobody's
 */
public record HttpRequestLine(String path, boolean write, boolean closes, long number) {

    private static final String APP = "/app/";

    /** Null at the end of the connection. */
    static @Nullable HttpRequestLine read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null || line.isEmpty()) {
            return null;
        }
        String[] parts = line.split(" ", 3);
        boolean closes = parts.length > 2 && parts[2].equals("HTTP/1.0");
        long number = -1;
        int length = 0;
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            String value = lower.substring(lower.indexOf(':') + 1).strip();
            if (lower.startsWith("connection:")) {
                closes |= value.contains("close");
            } else if (lower.startsWith("x-op-id:")) {
                number = Long.parseLong(value);
            } else if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(value);
            }
        }
        in.skipNBytes(length);
        return new HttpRequestLine(parts[1], parts[0].equals("POST"), closes, number);
    }

    /** Without its end; null at the end of the connection. */
    public static @Nullable String line(InputStream in) throws IOException {
        var text = new StringBuilder(96);
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return text.toString();
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    boolean health() {
        return path.equals("/health");
    }

    /** The user asks for what fails anywhere. */
    boolean poisoned() {
        return path.contains("?");
    }

    String operation() {
        if (!path.startsWith(APP)) {
            return "health";
        }
        int query = path.indexOf('?');
        return path.substring(APP.length(), query < 0 ? path.length() : query);
    }
}
