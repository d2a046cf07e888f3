package de.doppelboden.city.register;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a browser or another procedure asks, taken apart. */
record Request(
        String method, List<String> path, Map<String, String> query, byte[] body, Map<String, List<String>> headers) {

    static final int MOST_BODY = 64 * 1024;
    private static final int MOST_FIELDS = 100;

    /** Reads the whole request; empty when its body is too long. */
    static Optional<Request> read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
        if (body.length > MOST_BODY) {
            return Optional.empty();
        }
        String raw = exchange.getRequestURI().getRawPath();
        List<String> path = Arrays.stream(raw.split("/"))
                .filter(part -> !part.isEmpty())
                .map(Request::decoded)
                .toList();
        String query = exchange.getRequestURI().getRawQuery();
        return Optional.of(new Request(
                exchange.getRequestMethod(),
                path,
                fields(query == null ? "" : query),
                body,
                exchange.getRequestHeaders()));
    }

    /** The fields of a form that was sent as such. */
    Map<String, String> form() {
        return fields(new String(body, StandardCharsets.UTF_8));
    }

    boolean posts() {
        return method.equals("POST");
    }

    /** The part of the path at the position; empty when it is shorter. */
    String part(int at) {
        return at < path.size() ? path.get(at) : "";
    }

    String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? "" : values.getFirst();
    }

    String cookie(String name) {
        for (String pair : header("Cookie").split(";")) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return parts[1];
            }
        }
        return "";
    }

    private static Map<String, String> fields(String encoded) {
        var fields = new HashMap<String, String>();
        for (String pair : encoded.split("&", MOST_FIELDS)) {
            String[] parts = pair.split("=", 2);
            if (!parts[0].isEmpty()) {
                fields.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
