package de.doppelboden.console;

import de.doppelboden.database.Database;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.identity.Identity;
import de.doppelboden.identity.Person;
import de.doppelboden.identity.Role;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A control process over a database of the test's own, and browsers without JavaScript in front of it. */
public final class RunningConsole implements AutoCloseable {

    public static final String PASSWORD = "vier große Kraniche";
    static final String OPERATOR_TOKEN = "operator-token-of-the-test";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    final Path data;
    final Identity identity;
    final ControlProcess control;

    private RunningConsole(Path data, Identity identity, ControlProcess control) {
        this.data = data;
        this.identity = identity;
        this.control = control;
    }

    public static RunningConsole start(TestDatabase database, Path data, URI management) throws Exception {
        return start(database.database(), data, management);
    }

    static RunningConsole start(Database database, Path data, URI management) throws Exception {
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(data.resolve("keys/operator.token"), OPERATOR_TOKEN);
        Identity identity = Identity.open(database.dataSource(), data.resolve("keys"), InstantSource.system());
        for (Role role : Role.values()) {
            identity.accounts()
                    .create(
                            new Person(
                                    role.name().toLowerCase(java.util.Locale.ROOT),
                                    "Frau " + role,
                                    role == Role.CLERK ? "Bürgeramt Mitte" : "Amt " + role,
                                    Set.of(role),
                                    false,
                                    true),
                            PASSWORD);
        }
        ControlProcess control = ControlProcess.start(new ControlSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                data,
                database,
                management,
                false,
                Duration.ofHours(12),
                java.util.List.of(new ControlSettings.KnownService(
                        "register",
                        "Melderegister",
                        "127.0.0.1:8081",
                        "http://127.0.0.1:18081",
                        Duration.ofDays(90)))));
        return new RunningConsole(data, identity, control);
    }

    @Override
    public void close() {
        control.close();
    }

    public URI uri(String path) {
        return URI.create("http://" + control.address().getHostString() + ":"
                + control.address().getPort() + path);
    }

    Browser browser() {
        return new Browser();
    }

    Browser loggedIn(Role role) throws Exception {
        Browser browser = new Browser();
        var answer = browser.logIn(role.name().toLowerCase(java.util.Locale.ROOT), PASSWORD);
        if (answer.statusCode() != 303) {
            throw new AssertionError("could not log in: " + answer.statusCode());
        }
        return browser;
    }

    /** Keeps cookies, follows nothing by itself. */
    final class Browser {
        final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        private final HttpClient client =
                HttpClient.newBuilder().cookieHandler(cookies).build();

        HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(uri(path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }

        HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
            String body = fields.entrySet().stream()
                    .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            var request = HttpRequest.newBuilder(uri(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body));
            return client.send(request.build(), BodyHandlers.ofString());
        }

        HttpResponse<String> json(String method, String path, String body, String... headers) throws Exception {
            var request = HttpRequest.newBuilder(uri(path))
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }

        HttpResponse<String> logIn(String login, String password) throws IOException, InterruptedException {
            String token = csrf(get("/anmeldung").body());
            return post("/anmeldung", Map.of("kennung", login, "kennwort", password, "_csrf", token));
        }

        HttpCookie cookie(String name) {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(c -> c.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no cookie " + name));
        }
    }

    static String csrf(String page) {
        Matcher matcher = CSRF.matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("no token against forgery in the page: " + page);
        }
        return matcher.group(1);
    }
}
