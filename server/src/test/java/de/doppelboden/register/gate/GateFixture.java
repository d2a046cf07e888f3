package de.doppelboden.register.gate;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.configuration.Secrets;
import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.journal.Reconciliation;
import de.doppelboden.continuity.journal.Replay;
import de.doppelboden.cycle.Events;
import de.doppelboden.database.Database;
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

/** A gate in front of fake sides, with a real database. */
final class GateFixture implements AutoCloseable {

    private static final String YAML = """
            doppelboden:
              data: %1$s
              console: { listen: "%2$s" }
              services:
                - id: register
                  kind: register
                  listen: 127.0.0.1:0
                  primary: %3$s
                  mode: automatic
                  equivalent: true
                  budget: 500ms
                  login:
                    path: /anmeldung
                    user-field: kennung
                    password-field: kennwort
                    location-not: /anmeldung
                    text-not: Anmeldung fehlgeschlagen
                    session-cookie: REGSITZUNG
                    logout: /abmeldung
                  feed: { url: "jdbc:postgresql://127.0.0.1:1/x", user: x, password-file: %1$s/token }
                  replay: { url: "%3$s", token-file: %1$s/token }
                  search-api: { path: /personen/2.0/rest, token-file: %1$s/token }
                  probe: { interval: 200ms, search: "nachname=Probe", user: probe, text: Treffer }
                  return: { step: 300ms, hold: 1s }
                  operations:
                    - { operation: register.search, path: /suche, text-not: Interner Fehler }
                    - { operation: register.view, path: "/person/{key}", text-not: Interner Fehler }
                    - { operation: register.move, path: "/person/{key}/umzug", text-not: Interner Fehler }
                    - operation: register.move
                      method: POST
                      path: /person/{key}/umzug
                      idempotency-field: vorgang
                      base-field: stand
                      status: [303]
            """;

    final List<String> decisions = new CopyOnWriteArrayList<>();
    final RegisterInGateway register;
    final Identity identity;
    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    GateFixture(FakeSides sides, Database database, Path data) throws Exception {
        Secrets.write(data.resolve("token"), "geheim\n");
        Path file = data.resolve("doppelboden.yaml");
        Files.writeString(file, YAML.formatted(data, sides.standbyAddress().getAuthority(), sides.primaryAddress()));
        var configuration = switch (Configuration.load(file, Map.of())) {
            case Configuration.Valid valid -> valid.configuration();
            case Configuration.Invalid invalid ->
                throw new IllegalStateException(invalid.problems().toString());
        };
        copyIsCurrent(database);
        identity = Identity.open(database.dataSource(), data.resolve("keys"), InstantSource.system());
        var settings = configuration.services().getFirst();
        register = new RegisterInGateway(
                settings,
                (RegisterSettings) settings.kind(),
                NOTHING_OPEN,
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
        register.refresh();
    }

    /** A primary that says of each suspect that it never had it, and takes what is handed back. */
    private static final Replay NOTHING_OPEN = new Replay() {
        @Override
        public Reconciliation apply(JournalEntry entry) {
            return new Reconciliation.Applied("1");
        }

        @Override
        public Reconciliation lookUp(JournalEntry entry) {
            return new Reconciliation.Absent();
        }
    };

    private static void copyIsCurrent(Database database) throws Exception {
        database.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("update register.feed_state set phase = 'RUNNING', as_of = now()");
                statement.execute(
                        "insert into register.clerk values ('e.beispiel', 'Erika Beispiel', 'Mitte', '{clerk}',"
                                + " '{sperre.sehen}', true), ('probe', 'Probe', 'Mitte', '{clerk}', '{}', true)"
                                + " on conflict do nothing");
                return 0;
            }
        });
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

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    HttpResponse<String> post(String path, String form, String... headers) throws IOException, InterruptedException {
        return send("POST", path, form, headers);
    }

    private HttpResponse<String> send(String method, String path, String form, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + register.listener().port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Accept", "text/html");
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (form == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded");
            request.method(method, HttpRequest.BodyPublishers.ofString(form));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    State state() {
        return register.cycle().state();
    }

    @Override
    public void close() {
        register.close();
        deadlines.close();
        http.close();
    }
}
