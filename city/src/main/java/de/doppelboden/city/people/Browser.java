package de.doppelboden.city.people;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser on a clerk's desk: cookies, redirects, forms. One thread at a time. */
final class Browser {

    /** Who gets no page within this time gives up. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_BYTES = 4 << 20;

    /** What the clerk sees in the end. */
    sealed interface Seen {

        record Shown(int status, Page page, String path) implements Seen {}

        /** A PDF, shown or printed. */
        record Document(String path, boolean standby) implements Seen {}

        /** The browser's own page: nobody is there, or nobody answers. */
        record Nothing(String why) implements Seen {}
    }

    private final HttpClient http;
    private final URI base;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private volatile boolean loading;

    Browser(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
    }

    Seen get(String path) throws InterruptedException {
        return follow(request(resolved("/", path)).GET(), resolved("/", path));
    }

    /** Sends the form as it stands; its action is meant from the page it is on. */
    Seen submit(Page.Form form, String onPath) throws InterruptedException {
        URI target = resolved(onPath, form.action().isEmpty() ? onPath : form.action());
        String fields = form.fields().entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        if (!form.posts()) {
            URI asked = target.resolve(target.getPath() + "?" + fields);
            return follow(request(asked).GET(), asked);
        }
        return follow(
                request(target)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(fields)),
                target);
    }

    private URI resolved(String onPath, String reference) {
        return base.resolve(onPath).resolve(reference);
    }

    private HttpRequest.Builder request(URI target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Accept", "text/html, application/pdf")
                .header("User-Agent", "Schalter/1.0");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    /** Whether a page is on its way. */
    boolean loading() {
        return loading;
    }

    private Seen follow(HttpRequest.Builder first, URI at) throws InterruptedException {
        loading = true;
        try {
            return followed(first, at);
        } finally {
            loading = false;
        }
    }

    private Seen followed(HttpRequest.Builder first, URI at) throws InterruptedException {
        HttpRequest.Builder next = first;
        URI here = at;
        try {
            for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
                HttpResponse<InputStream> answer = http.send(next.build(), HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    remember(answer.headers().allValues("Set-Cookie"));
                    String location = answer.headers().firstValue("Location").orElse("");
                    if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
                        return seen(answer, body, here);
                    }
                    here = here.resolve(location);
                    next = request(here).GET();
                }
            }
            return new Seen.Nothing("too many redirects");
        } catch (IOException | IllegalArgumentException e) {
            return new Seen.Nothing(e.getClass().getSimpleName());
        }
    }

    private static Seen seen(HttpResponse<InputStream> answer, InputStream body, URI here) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES);
        String path = here.getRawPath() + (here.getRawQuery() == null ? "" : "?" + here.getRawQuery());
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("application/pdf")) {
            boolean whole =
                    new String(bytes, 0, Math.min(5, bytes.length), StandardCharsets.ISO_8859_1).equals("%PDF-");
            return whole && answer.statusCode() == 200
                    ? new Seen.Document(path, true)
                    : new Seen.Nothing("a broken document");
        }
        return new Seen.Shown(answer.statusCode(), Page.of(new String(bytes, StandardCharsets.UTF_8)), path);
    }

    private void remember(List<String> set) {
        for (String cookie : set) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair.length == 2) {
                if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) {
                    cookies.remove(pair[0].strip());
                } else {
                    cookies.put(pair[0].strip(), pair[1]);
                }
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
