package de.doppelboden.webapp.gate;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.cycle.Events;
import de.doppelboden.database.Database;
import de.doppelboden.gateway.ListenerTls;
import de.doppelboden.gateway.Surroundings;
import de.doppelboden.gateway.http.HttpLimits;
import de.doppelboden.gateway.http.HttpServer;
import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.identity.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A web application's gateway between two small sides, with a database. */
final class AppFixture implements AutoCloseable {

    private static final String YAML = """
            doppelboden:
              data: %1$s
              services:
                - id: portal
                  kind: webapp
                  listen: 127.0.0.1:0
                  primary: http://127.0.0.1:%2$d
                  standby: http://127.0.0.1:%3$d
                  mode: automatic
                  budget: 500ms
                  return: { step: 300ms, hold: 1s }
                  probe-paths: [/app/mail, /app/list]
            %4$s
            """;

    final List<String> decisions = new CopyOnWriteArrayList<>();
    final WebAppInGateway portal;
    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final HttpClient http;
    private final String scheme;

    /**
     * Users come by HTTP/2 where the service has a certificate; else by HTTP/1.1.
     *
     * @param more keys of the service, a line each
     */
    AppFixture(int primary, int standby, Database database, Path data, String... more) throws Exception {
        Path file = data.resolve("doppelboden.yaml");
        String keys = String.join("\n", more).indent(6);
        Files.writeString(file, YAML.formatted(data, primary, standby, keys));
        var configuration = switch (Configuration.load(file, Map.of())) {
            case Configuration.Valid valid -> valid.configuration();
            case Configuration.Invalid invalid ->
                throw new IllegalStateException(invalid.problems().toString());
        };
        var identity = Identity.open(database.dataSource(), data.resolve("keys"), InstantSource.system());
        var settings = configuration.services().getFirst();
        scheme = settings.tls().isPresent() ? "https" : "http";
        http = client(settings);
        portal = new WebAppInGateway(
                settings,
                (WebAppSettings) settings.kind(),
                new Surroundings(
                        configuration,
                        database,
                        identity,
                        events(),
                        deadlines,
                        HttpLimits.defaults(),
                        new HttpServer.Most(5_000, 5_000),
                        "g1",
                        Time.of(InstantSource.system(), System::nanoTime)));
    }

    private static HttpClient client(ServiceSettings settings) throws IOException {
        var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
        return settings.tls().isEmpty()
                ? client.version(HttpClient.Version.HTTP_1_1).build()
                : client.version(HttpClient.Version.HTTP_2)
                        .sslContext(ListenerTls.trusting(settings.tls().map(TlsSettings::certificate)))
                        .build();
    }

    private Events events() {
        return new Events() {
            @Override
            public void decided(String service, Decision decision, State state, String actor) {
                decisions.add(state + " " + decision.action() + " " + decision.reason());
            }

            @Override
            public void noted(String service, String kind, String sentence) {
                decisions.add(kind + " " + sentence);
            }
        };
    }

    State state() {
        return portal.cycle().state();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
        return send("POST", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create(scheme + "://127.0.0.1:" + portal.listener().port() + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var body = method.equals("POST")
                ? HttpRequest.BodyPublishers.ofString("eins=1")
                : HttpRequest.BodyPublishers.noBody();
        return http.send(request.method(method, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Many users at once, each asking for one page; their answers in no order. */
    List<HttpResponse<String>> crowd(int people, String path) throws InterruptedException {
        var answers = new CopyOnWriteArrayList<HttpResponse<String>>();
        var threads = IntStream.range(0, people)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    try {
                        answers.add(get(path));
                    } catch (IOException | InterruptedException gone) {
                        decisions.add("a user got nothing: " + gone);
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        return answers;
    }

    @Override
    public void close() {
        portal.close();
        deadlines.close();
        http.close();
    }
}
