package de.doppelboden.bench;

import de.doppelboden.city.population.Clerk;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A logged-in browser that is cheap enough for hundreds of pages a second. Any thread. */
final class Visitor {

    private static final Duration GIVES_UP = Duration.ofSeconds(5);
    private static final int MOST_REDIRECTS = 4;
    private static final Pattern KIND =
            Pattern.compile("<meta name=\"(?:register|doppelboden)-page\" content=\"([a-z]*)\"");

    private final HttpClient http;
    private final URI base;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    Visitor(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** The network of some visitors. */
    static HttpClient network() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(GIVES_UP)
                .build();
    }

    void logIn(Clerk clerk) throws IOException, InterruptedException {
        String came = page(post("/anmeldung", Map.of("kennung", clerk.login(), "kennwort", clerk.password())));
        if (!came.equals("suche")) {
            throw new IOException(clerk.login() + " cannot log in; sees " + came);
        }
    }

    /** Asks for a page; what came instead, or empty when it is one of these kinds, of whichever side. */
    String misses(String path, Set<String> kinds) throws InterruptedException {
        return misses(request(base.resolve(path)).GET(), kinds);
    }

    String misses(String path, Map<String, String> form, Set<String> kinds) throws InterruptedException {
        return misses(post(path, form), kinds);
    }

    private String misses(HttpRequest.Builder request, Set<String> kinds) throws InterruptedException {
        try {
            String came = page(request);
            return kinds.contains(came) ? "" : came;
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    private HttpRequest.Builder post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return request(base.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(GIVES_UP);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    /** Follows redirects; the kind of page, {@code pdf} for a document, the status of another answer. */
    private String page(HttpRequest.Builder first) throws IOException, InterruptedException {
        HttpRequest.Builder next = first;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpResponse<String> answer = http.send(next.build(), HttpResponse.BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::remember);
            String location = answer.headers().firstValue("Location").orElse("");
            if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
                return answer.statusCode() == 200 ? kind(answer) : Integer.toString(answer.statusCode());
            }
            next = request(answer.uri().resolve(location)).GET();
        }
        return "too many redirects";
    }

    private static String kind(HttpResponse<String> answer) {
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("application/pdf")) {
            return "pdf";
        }
        Matcher kind = KIND.matcher(answer.body());
        return kind.find() ? kind.group(1) : "another page";
    }

    private void remember(String set) {
        String[] pair = set.split(";", 2)[0].split("=", 2);
        if (pair.length == 2 && !pair[1].isEmpty()) {
            cookies.put(pair[0].strip(), pair[1]);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
