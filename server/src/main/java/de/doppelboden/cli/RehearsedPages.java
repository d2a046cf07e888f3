package de.doppelboden.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The pages of a process that is rehearsed, as a user with cookies sees them. The first one that fails ends the rehearsal with an
 * {@link IOException}: what the JVM would learn of it is not what users will need.
 */
public final class RehearsedPages {

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final URI base;
    private final Supplier<Map<String, String>> headers;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** @param headers which every request has */
    public RehearsedPages(URI base, Supplier<Map<String, String>> headers) {
        this.base = base;
        this.headers = headers;
    }

    public String get(String path) throws IOException {
        return read(open(path));
    }

    /** Opens a form, fills it in, sends it and looks at what comes of it. */
    public void send(String path, Map<String, String> values) throws IOException {
        var fields = new LinkedHashMap<String, String>();
        var hidden = HIDDEN.matcher(get(path));
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        fields.putAll(values);
        var form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        var connection = open(path);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        try (var body = connection.getOutputStream()) {
            body.write(form.getBytes(StandardCharsets.UTF_8));
        }
        read(connection);
        get(base.resolve(connection.getHeaderField("Location")).getPath());
    }

    private HttpURLConnection open(String path) throws IOException {
        var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setReadTimeout((int) ANSWER.toMillis());
        headers.get().forEach(connection::setRequestProperty);
        if (!cookies.isEmpty()) {
            connection.setRequestProperty(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return connection;
    }

    private String read(HttpURLConnection connection) throws IOException {
        try (var body = connection.getInputStream()) { // which throws when the status says that it failed
            String set = connection.getHeaderField("Set-Cookie");
            if (set != null) {
                String[] cookie = set.split(";", 2)[0].split("=", 2);
                cookies.put(cookie[0], cookie[1]);
            }
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As a part of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
