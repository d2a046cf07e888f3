package de.doppelboden.city.register;

import de.doppelboden.city.fault.Capacity;
import de.doppelboden.database.Access;
import de.doppelboden.database.EmbeddedPostgresFixture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

/** A register for a test: real database, real sockets. */
final class Registers implements AutoCloseable {

    static final String TOKEN = "secret-of-the-test";

    final Access access;
    final RegisterDatabase database;
    final RegisterServer server;
    final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    Registers(int residents, Capacity capacity) throws SQLException, IOException {
        access = superuser(EmbeddedPostgresFixture.freshDatabase());
        database =
                RegisterDatabase.open(access, new RegisterDatabase.Contents(residents, 1, "feed", new SecureRandom()));
        server = RegisterServer.start(
                new RegisterServer.Ports(0, 0, 0),
                database,
                new InetSocketAddress(
                        "127.0.0.1", EmbeddedPostgresFixture.server().port()),
                capacity,
                TOKEN,
                new RegisterServer.Surroundings(InstantSource.system(), System::nanoTime, new SecureRandom()));
    }

    private static Access superuser(Access owner) throws IOException {
        return EmbeddedPostgresFixture.server().administrator(owner.url().replaceAll(".*/", ""));
    }

    String sql(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    Answer get(String cookie, String path) {
        return send(request(path).header("Cookie", cookie).GET());
    }

    Answer post(String cookie, String path, Map<String, String> form) {
        return send(request(path)
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
    }

    Answer api(String method, String path, String key, String json) {
        return send(request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Idempotency-Key", key)
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.pagesPort() + path));
    }

    /** The session cookie of a clerk of the model city. */
    String logIn(String number) {
        Answer answer = post("", "/anmeldung", Map.of("kennung", "s" + number, "kennwort", "Schalter-" + number));
        return answer.response()
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceAll(";.*", "");
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        server.close();
        database.close();
        http.close();
    }

    record Answer(int status, String body, HttpResponse<String> response) {

        String location() {
            return response.headers().firstValue("Location").orElse("");
        }

        /** The value of a hidden field of the page. */
        String field(String name) {
            return body.replaceAll("(?s).*name=\"" + name + "\" value=\"([^\"]*)\".*", "$1");
        }
    }
}
